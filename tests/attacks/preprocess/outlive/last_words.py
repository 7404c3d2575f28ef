"""Functions that Python calls at its end, and an object that fights its own."""
# expect: right

import atexit
import sys
import threading


class Fighter:
    def __del__(self):
        while True:
            pass


fighter = Fighter()
atexit.register(Fighter)
sys.exitfunc = Fighter
threading._register_atexit(Fighter)


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
