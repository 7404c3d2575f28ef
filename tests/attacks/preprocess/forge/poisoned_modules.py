"""Modules that the probe will import are swapped for others."""
# expect: tampered

import sys
import types


class Pleased(types.ModuleType):
    def __getattr__(self, name):
        return lambda *args, **kwargs: 6.0


for name in ("numpy", "json", "course_lib.checks.probe", "course_lib.checks.evidence", "course_lib.checks"):
    sys.modules[name] = Pleased(name)


def preprocess(images):
    return images
