"""The answer asks Python to stop."""

import sys


def preprocess(images):
    sys.exit(0)
