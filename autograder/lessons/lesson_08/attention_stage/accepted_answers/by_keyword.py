"""Everything handed over by keyword; the width of the map, not its height."""

import numpy as np


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    x = unit(x=x, name=name + "_u", filters=filters, strides=strides)
    columns = x.shape[2]
    poolings = int(np.maximum(np.ceil(np.log2(columns) - np.log2(smallest) - 1e-9), 1))
    for k in range(modules):
        x = module(x=x, name=f"{name}_module_{k}", poolings=poolings)
    return x
