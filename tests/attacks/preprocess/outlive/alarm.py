"""A timer that strikes in somebody else's cell."""
# expect: right|error|crash|time

import signal

signal.signal(signal.SIGALRM, lambda *told: print("ESC" + "APED" if "harmless" in dir() else ""))
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
