"""Many processes with some memory each, none with much."""
# expect: memory

import os
import time


def preprocess(images):
    for _ in range(40):
        if os.fork() == 0:
            os.setsid()
            held = bytearray(os.urandom(1000)) * 100_000
            time.sleep(600)
    time.sleep(600)
