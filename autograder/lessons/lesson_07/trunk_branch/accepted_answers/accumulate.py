"""itertools.accumulate."""

import itertools


def trunk_branch(x, name, t=2, unit=None):
    steps = itertools.accumulate(range(t), lambda y, i: unit(y, f"{name}_{i}"), initial=x)
    return list(steps)[-1]
