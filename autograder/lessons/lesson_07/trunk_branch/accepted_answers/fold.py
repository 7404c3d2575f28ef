"""functools.reduce."""

import functools


def trunk_branch(x, name, t=2, unit=None):
    return functools.reduce(lambda y, step: unit(y, f"{name}_unit_{step}"), range(t), x)
