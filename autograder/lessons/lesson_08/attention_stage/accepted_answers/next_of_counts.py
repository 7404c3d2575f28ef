"""The first count that is enough."""

import itertools


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    x = unit(x, name + "_unit", filters, strides)
    enough = next(k for k in itertools.count(1) if x.shape[1] <= smallest * 2**k)
    for number in range(1, modules + 1):
        x = module(x, f"{name}_module{number}", poolings=enough)
    return x
