"""Multiplied out, as a NumPy integer."""

import numpy as np


def se_parameters(channels, reduction):
    hidden = np.int64(channels) // reduction
    return hidden * (2 * channels + 1) + channels
