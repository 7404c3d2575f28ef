"""An exception that ends Python when somebody reads it, and is named like another."""
# expect: crash

import os


class MemoryError(Exception):
    def __str__(self):
        os._exit(0)


def preprocess(images):
    raise MemoryError
