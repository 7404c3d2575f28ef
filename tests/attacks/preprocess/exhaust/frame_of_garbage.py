"""A message that is no JSON, and one that is no object."""
# expect: crash

import os


def preprocess(images):
    for descriptor in range(3, 64):
        for body in (b"\xff\xfe{]", b"[6.0]", b"[" * 100_000, b"9" * 100_000):
            try:
                os.write(descriptor, len(body).to_bytes(4, "little") + body)
            except OSError:
                pass
