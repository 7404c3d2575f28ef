"""Evidence that unpacks to far more than it is: compressed, endless shapes, a hundred thousand members."""
# expect: tampered

import base64
import io
import json
import zipfile

import numpy as np
from IPython.display import display

from course_lib.checks import probe
from course_lib.checks.evidence import MIME

HUGE = b"\x93NUMPY\x01\x00v\x00" + b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"


def packed(name, content, how=zipfile.ZIP_STORED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def many():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(5_000):
            archive.writestr(f"array/{number}.npy", b"")
    return buffer.getvalue()


bombs = [
    packed("facts.npy", bytes(10**8), zipfile.ZIP_DEFLATED),
    packed("facts.npy", HUGE.ljust(127) + b"\n"),
    many(),
]


def respond(request, thunk):
    bomb = bombs[0 if json.loads(request)["exercise"] == "preprocess" else 1]
    display({MIME: {"payload": base64.b64encode(bomb).decode()}}, raw=True)


probe.respond = respond


def preprocess(images):
    return images
