"""A cell that sleeps, and will not be woken."""
# expect: time

import time

while True:
    try:
        time.sleep(10**6)
    except BaseException:
        pass
