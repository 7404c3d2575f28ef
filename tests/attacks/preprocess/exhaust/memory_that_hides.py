"""A process that says it must not be looked at, and then takes memory."""
# expect: memory|time

import ctypes
import time

ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)


def preprocess(images):
    held = []
    while len(held) < 20:
        held.append(np.ones((1000, 1000, 12)))
    time.sleep(600)
