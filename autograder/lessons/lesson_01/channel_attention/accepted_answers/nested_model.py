"""A small functional model makes the gates."""

import keras
from keras import layers


def channel_attention(x, name, reduction=16):
    channels = x.shape[-1]
    z = keras.Input((channels,))
    h = layers.Dense(channels // reduction, activation="relu")(z)
    gates = keras.Model(z, layers.Dense(channels, activation="sigmoid")(h), name=name + "_gates")
    s = gates(layers.GlobalAveragePooling2D(name=name + "_gap")(x))
    return x * layers.Reshape((1, 1, channels), name=name + "_axes")(s)
