"""The size from the height that came in and the strides."""

import numpy as np


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    rows = int(np.ceil(x.shape[1] / strides))
    y = unit(x, name + "_first", filters, strides=strides)
    poolings = int(np.clip(np.ceil(np.log2(rows / smallest)), 1, None))
    for number in np.arange(modules):
        y = module(y, f"{name}_then{number}", poolings=poolings)
    return y
