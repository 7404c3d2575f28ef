"""A flood from inside the check, which leaves no room for the evidence."""
# expect: output

import sys


def preprocess(images):
    for _ in range(20):
        print("words " * 170_000)
        print("words " * 170_000, file=sys.stderr)
    return images[..., None].astype(np.float32) / 255
