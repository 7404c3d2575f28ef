"""NumPy integers."""

import numpy as np


def module_parameters(channels, poolings, p=1, t=2, r=1):
    f = np.int64(channels) // 4
    kernels = np.array([4, 9, 4]).sum() * f * f
    norms = 2 * (4 + 1 + 1) * f
    units = 2 * p + t + r * 2 * poolings + poolings - 1
    return units * (kernels + norms) + 2 * (16 * f * f + 8 * f)
