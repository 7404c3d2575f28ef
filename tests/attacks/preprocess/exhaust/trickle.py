"""A message that comes byte by byte, and never ends."""
# expect: time

import os
import time


def preprocess(images):
    os.write(CHANNEL, (10_000).to_bytes(4, "little"))
    while True:
        os.write(CHANNEL, b" ")
        time.sleep(0.05)


for CHANNEL in range(3, 64):
    try:
        if "socket" in os.readlink(f"/proc/self/fd/{CHANNEL}"):
            break
    except OSError:
        pass
