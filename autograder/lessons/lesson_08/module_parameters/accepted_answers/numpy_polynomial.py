"""A polynomial in f."""

import numpy as np


def module_parameters(channels, poolings, p=1, t=2, r=1):
    n = 2 * p + t + (2 * r + 1) * poolings - 1
    return int(np.polyval([17 * n + 32, 12 * n + 16, 0], channels // 4))
