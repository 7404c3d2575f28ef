"""A plus sign and keras.ops."""

import keras
from keras import layers


def residual_block(x, filters, name, strides=1):
    h = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False, name=f"{name}_a")(x)
    h = keras.ops.relu(layers.BatchNormalization(name=f"{name}_na")(h))
    h = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"{name}_b")(h)
    h = layers.BatchNormalization(name=f"{name}_nb")(h)
    if x.shape[-1] != filters or strides != 1:
        x = layers.Conv2D(filters, 1, strides=strides, use_bias=False, name=f"{name}_c")(x)
        x = layers.BatchNormalization(name=f"{name}_nc")(x)
    return keras.ops.relu(x + h)
