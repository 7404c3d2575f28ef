"""Everything handed over by position, with `math`."""

import math


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    y = unit(x, f"{name}_start", filters, strides)
    depth = max(math.ceil(math.log2(y.shape[1] / smallest)), 1)
    for i in range(modules):
        y = module(y, f"{name}_{i}", depth)
    return y
