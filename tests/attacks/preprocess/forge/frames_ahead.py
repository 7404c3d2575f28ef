"""Answers to the next fifty cells, sent before they are asked for."""
# expect: tampered

import json
import os
import struct

result = {
    "output_type": "execute_result",
    "data": {"text/plain": "6.0"},
    "metadata": {},
    "execution_count": 1,
}
for cell in range(50):
    body = json.dumps({"cell": cell, "outputs": [result], "dropped": 0}).encode()
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, struct.pack("<I", len(body)) + body)
        except OSError:
            pass


def preprocess(images):
    return images
