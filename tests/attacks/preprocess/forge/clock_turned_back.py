"""Time stands still, for Python and for the system if it lets anybody."""
# expect: quiz_pixels=time

import ctypes
import time

time.time = time.monotonic = time.perf_counter = lambda: 0.0
ctypes.CDLL(None).clock_settime(0, (ctypes.c_long * 2)(0, 0))


class Slow(float):
    def __float__(self):
        while True:
            pass


import course_lib.checks.probe

course_lib.checks.probe.NumberProbe.run = lambda *args: float(Slow())


def preprocess(images):
    return images
