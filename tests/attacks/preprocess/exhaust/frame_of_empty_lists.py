"""A message that takes thirty times its size in memory, to whoever reads it."""
# expect: crash

import os


def preprocess(images):
    body = b'{"cell": 3, "outputs": [' + b'{"":0},' * 5_500_000 + b"0]}"
    for descriptor in range(3, 64):
        try:
            data = len(body).to_bytes(4, "little") + body
            while data:
                data = data[os.write(descriptor, data) :]
            break
        except OSError:
            pass
