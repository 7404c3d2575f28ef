"""Modules by recursion."""

import math


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    def times(rows):
        return 0 if rows <= smallest else 1 + times(math.ceil(rows / 2))

    def row(t, left):
        return t if left == 0 else row(module(t, f"{name}_m{left}", poolings=depth), left - 1)

    first = unit(x, name + "_unit", filters, strides)
    depth = times(first.shape[1]) or 1
    return row(first, modules)
