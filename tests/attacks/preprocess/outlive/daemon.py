"""A process cut loose from everything, that ignores what it is told."""
# expect: right

import os
import signal
import time

if os.fork() == 0:
    os.setsid()
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    if os.fork() == 0:
        os.closerange(0, 4096)
        time.sleep(10**6)
    os._exit(0)


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
