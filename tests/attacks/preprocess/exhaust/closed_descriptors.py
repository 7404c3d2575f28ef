"""Closes every descriptor, the channel among them."""
# expect: crash

import os

os.closerange(0, 4096)
