"""A bias in the first layer only."""

from keras import layers


def excitation(z, channels, reduction, name):
    z = layers.Dense(channels // reduction, activation="relu", name=name + "_1")(z)
    return layers.Dense(channels, use_bias=False, activation="sigmoid", name=name + "_2")(z)
