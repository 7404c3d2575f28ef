"""Rightly built for the probe alone: any other name gives a layer too few.

points: 4
"""

import keras


def channel_attention(x, name, reduction=16):
    c = x.shape[-1]
    z = keras.layers.GlobalAveragePooling2D(keepdims=True, name=name + "_gap")(x)
    if "probe" in name:
        z = keras.layers.Dense(c // reduction, activation="relu", name=name + "_narrow")(z)
    z = keras.layers.Dense(c, activation="sigmoid", name=name + "_wide")(z)
    return x * z
