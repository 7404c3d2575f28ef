"""A message that says it is four gigabytes long."""
# expect: crash

import os

for descriptor in range(3, 64):
    try:
        os.write(descriptor, b"\xff" * 4 + bytes(1000))
    except OSError:
        pass
