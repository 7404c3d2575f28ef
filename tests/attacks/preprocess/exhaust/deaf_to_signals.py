"""Every signal is ignored while the answer spins."""
# expect: time

import signal


def preprocess(images):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        pass
