"""Pooling that keeps the two axes of size 1."""

from keras import layers


def squeeze(x, name):
    return layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_gap")(x)
