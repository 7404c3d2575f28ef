"""Asks the kernel not to end it with its keeper, then never ends."""
# expect: time

import ctypes

if ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0:
    print("ESC" + "APED")


def preprocess(images):
    while True:
        pass
