"""Evidence with a pickled object in it."""
# expect: tampered

import base64
import io
import json

import numpy as np
from IPython.display import display

from course_lib.checks import probe
from course_lib.checks.evidence import MIME


class Bomb:
    def __reduce__(self):
        import os

        return os.system, ("touch /tmp/pickled",)


def respond(request, thunk):
    asked = json.loads(request)
    head = {"schema": 1, "exercise": asked["exercise"], "nonce": asked["nonce"], "facts": {}}
    facts = np.frombuffer(json.dumps(head).encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, facts=facts, **{"array/output": np.array([Bomb()], object)})
    display({MIME: {"payload": base64.b64encode(buffer.getvalue()).decode()}}, raw=True)


probe.respond = respond


def preprocess(images):
    return images
