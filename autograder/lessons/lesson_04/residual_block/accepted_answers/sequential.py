"""The branch as a Sequential model."""

import keras
from keras import layers


def residual_block(x, filters, name, strides=1):
    branch = keras.Sequential(
        [
            layers.Conv2D(filters, 3, strides, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(filters, 3, padding="same", use_bias=False),
            layers.BatchNormalization(),
        ],
        name=name + "_branch",
    )
    y = branch(x)
    if tuple(x.shape[1:]) != tuple(y.shape[1:]):
        x = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_shape")(x)
        x = layers.BatchNormalization(name=name + "_shape_norm")(x)
    return layers.ReLU(name=name + "_out")(layers.add([x, y]))
