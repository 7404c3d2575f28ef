"""A helper of its own inside."""

import math


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    def needed(rows):
        if rows <= 2 * smallest:
            return 1
        return 1 + needed(math.ceil(rows / 2))

    x = unit(x, name + "_in", filters, strides)
    names = [f"{name}_module{k}" for k in range(modules)]
    for each in names:
        x = module(x, each, poolings=needed(x.shape[1]))
    return x
