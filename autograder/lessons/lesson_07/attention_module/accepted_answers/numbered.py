"""A counter gives the names."""

import itertools


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    number = itertools.count()

    def label():
        return f"{name}_{next(number)}"

    x = units(x, label(), p)
    trunk = units(x, label(), t)
    weights = mask(x, label(), poolings, r, activation)
    return units(combine(trunk, weights, label()), label(), p)
