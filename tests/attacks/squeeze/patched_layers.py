"""Layers and operations that fake a flat output of the right size.

points: 0
"""

import keras


def squeeze(x, name):
    return keras.ops.zeros_like(x[:, 0, 0, :])
