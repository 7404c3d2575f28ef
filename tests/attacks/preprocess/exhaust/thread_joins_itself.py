"""Two threads that wait for each other."""
# expect: time

import threading

lock = threading.Lock()


def preprocess(images):
    lock.acquire()
    lock.acquire()
