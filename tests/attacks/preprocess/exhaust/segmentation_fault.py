"""Reads where there is nothing."""
# expect: crash

import ctypes


def preprocess(images):
    ctypes.string_at(0)
