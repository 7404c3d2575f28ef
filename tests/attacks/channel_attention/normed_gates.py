"""Gates that are normalised after the sigmoid: once trained they leave (0, 1).

points: 0
"""

import keras


def channel_attention(x, name, reduction=16):
    z = keras.layers.GlobalAveragePooling2D(keepdims=True, name=name + "_gap")(x)
    z = keras.layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow")(z)
    z = keras.layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_wide")(z)
    return x * keras.layers.BatchNormalization(name=name + "_norm")(z)
