"""Memory that belongs to no process: anonymous files and segments."""
# expect: right

import os

files = []
try:
    for _ in range(400):
        files.append(os.memfd_create("mine"))
        os.write(files[-1], bytes(10_000_000))
    print("ESC" + "APED")
except OSError:
    pass


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
