"""functools.reduce over the modules."""

import functools

import numpy as np


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    start = unit(x, name + "_unit", filters, strides)
    sizes = smallest * 2 ** np.arange(1, 20)  # the largest map for 1, 2, 3, … poolings
    poolings = 1 + int(np.searchsorted(sizes, start.shape[1]))
    return functools.reduce(
        lambda t, k: module(t, f"{name}_module{k}", poolings=poolings), range(modules), start
    )
