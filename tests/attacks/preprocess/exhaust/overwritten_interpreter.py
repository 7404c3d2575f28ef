"""Writes over the interpreter's own objects."""
# expect: crash|error|time|wrong|tampered

import ctypes


def preprocess(images):
    for thing in (None, 1, int, list, dict, tuple):
        ctypes.memset(id(thing), 0, 64)
    return images
