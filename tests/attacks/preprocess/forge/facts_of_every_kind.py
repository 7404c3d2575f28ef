"""Twenty thousand facts, and an error that is none."""
# expect: tampered

import json

from IPython.display import display

from course_lib.checks import probe
from course_lib.checks.evidence import Evidence, to_mime


def respond(request, thunk):
    asked = json.loads(request)
    facts = {str(number): number for number in range(20_000)} | {"error": {"type": {}}}
    display(to_mime(Evidence(asked["exercise"], {}, facts), asked["nonce"]), raw=True)


probe.respond = respond


def preprocess(images):
    return images
