"""Evidence with five thousand members, and half of it missing."""
# expect: tampered

import base64
import io
import zipfile

from IPython.display import display

from course_lib.checks import probe
from course_lib.checks.evidence import MIME

buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w") as archive:
    for number in range(5_000):
        archive.writestr(f"array/{number}.npy", b"")


def respond(request, thunk):
    display({MIME: {"payload": base64.b64encode(buffer.getvalue()).decode()}}, raw=True)


probe.respond = respond


def preprocess(images):
    return images
