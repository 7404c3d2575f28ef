"""Processes that make processes."""
# expect: time|crash

import os


def preprocess(images):
    while True:
        try:
            os.fork()
        except OSError:
            pass
