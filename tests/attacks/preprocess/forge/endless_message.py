"""An error message long enough to keep whoever searches it busy for hours."""

import json

from IPython.display import display

from course_lib.checks import probe
from course_lib.checks.evidence import Evidence, to_mime


def respond(request, thunk):
    asked = json.loads(request)
    error = {"case": "some", "stage": "run", "type": "E", "message": "units" * 30_000, "line": None}
    display(to_mime(Evidence(asked["exercise"], {}, {"error": error}), asked["nonce"]), raw=True)


probe.respond = respond


def preprocess(images):
    return images
