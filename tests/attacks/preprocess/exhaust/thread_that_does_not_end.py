"""A thread that the interpreter would wait for."""
# expect: time

import threading
import time

threading.Thread(target=lambda: time.sleep(10**6)).start()


def preprocess(images):
    for one in threading.enumerate():
        if one is not threading.current_thread():
            one.join()
