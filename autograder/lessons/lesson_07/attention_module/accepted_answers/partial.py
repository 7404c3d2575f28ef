"""functools.partial."""

import functools


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    ends = functools.partial(units, t=p)
    seen = ends(x, name + "_p1")
    look = functools.partial(mask, poolings=poolings, r=r, activation=activation)
    met = combine(units(seen, name + "_t", t), look(seen, name + "_m"), name + "_c")
    return ends(met, name + "_p2")
