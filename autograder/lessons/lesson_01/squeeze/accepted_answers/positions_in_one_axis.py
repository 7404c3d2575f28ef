"""Positions put into one axis, then one-dimensional pooling."""

from keras import layers


def squeeze(x, name):
    rows = layers.Reshape((-1, x.shape[-1]), name=name + "_rows")(x)
    return layers.GlobalAveragePooling1D(name=name + "_gap")(rows)
