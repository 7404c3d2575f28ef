"""Ordinary average pooling with a window as large as the map."""

from keras import layers


def squeeze(x, name):
    z = layers.AveragePooling2D(pool_size=x.shape[1:3], name=name + "_pool")(x)
    return layers.Flatten(name=name + "_flat")(z)
