"""An answer that ends Python when it is thrown away."""
# expect: crash

import os


class Last:
    def __array__(self, dtype=None, copy=None):
        raise TypeError

    def __del__(self):
        os._exit(0)


def preprocess(images):
    return Last()
