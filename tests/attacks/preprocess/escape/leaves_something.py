"""Leaves files and segments for the next submission, in every place that can be written."""
# expect: right

import os
import tempfile
from pathlib import Path

for place in ("/tmp", "/dev/shm", "/var/tmp", tempfile.gettempdir(), os.path.expanduser("~")):
    for name in ("numpy.py", "sitecustomize.py", "left-by-a-classmate"):
        try:
            Path(place, name).write_text("raise SystemExit\n")
        except OSError:
            pass


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
