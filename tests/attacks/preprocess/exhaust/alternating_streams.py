"""A letter to each stream in turn, fifty thousand times."""
# expect: right

import sys

for _ in range(50_000):
    sys.stdout.write("o")
    sys.stderr.write("e")


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
