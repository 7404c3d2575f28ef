"""Keeps all maps in a list."""

import numpy as np


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    maps = [unit(x, name + "_unit", filters, strides)]
    height = maps[0].shape[1:3][0]
    poolings = int(np.ceil(np.log2(max(height / smallest, 1.5))))
    for _ in range(modules):
        maps.append(module(maps[-1], f"{name}_{len(maps)}", poolings=poolings))
    return maps[-1]
