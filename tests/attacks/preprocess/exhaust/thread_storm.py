"""Threads that never end."""
# expect: error|time|memory

import threading
import time


def preprocess(images):
    while True:
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
