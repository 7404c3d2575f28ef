"""Messages about cells that nobody asked about, as fast as they can be written."""
# expect: time

import os


def preprocess(images):
    body = b'{"cell": -1}'
    while True:
        for descriptor in range(3, 12):
            try:
                os.write(descriptor, (len(body).to_bytes(4, "little") + body) * 1000)
            except OSError:
                pass
