"""Sums over the shapes of all kernels."""

import math


def module_parameters(channels, poolings, p=1, t=2, r=1):
    c, f = channels, channels >> 2
    unit = [(1, 1, c, f), (3, 3, f, f), (1, 1, f, c)]
    mask = 2 * r * poolings + poolings - 1
    kernels = (2 * p + t + mask) * unit + 2 * [(1, 1, c, c)]
    return sum(math.prod(kernel) + 2 * kernel[2] for kernel in kernels)
