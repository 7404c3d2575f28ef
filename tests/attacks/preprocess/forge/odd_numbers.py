"""Evidence of odd dtypes, empty and endless shapes, NaN and infinity."""

import json

import numpy as np
from IPython.display import display

from course_lib.checks import probe
from course_lib.checks.evidence import Evidence, to_mime

ODD = [
    np.full((5, 28, 28, 1), np.nan),
    np.full((5, 28, 28, 1), np.inf, ">f8"),
    np.zeros((0, 28, 28, 1), np.float16),
    np.zeros((1,) * 30, bool),
    np.full((5, 28, 28, 1), 2**63, np.uint64),
    np.longdouble(1).reshape(()),
]


def respond(request, thunk):
    asked = json.loads(request)
    names = [f"case{place}/output" for place in range(len(ODD))]
    facts = {"types": 5, "axes": {"some": 10**400}, "habits": [], "error": None, "__class__": {}}
    display(to_mime(Evidence(asked["exercise"], dict(zip(names, ODD)), facts), asked["nonce"]), raw=True)


probe.respond = respond


def preprocess(images):
    return images
