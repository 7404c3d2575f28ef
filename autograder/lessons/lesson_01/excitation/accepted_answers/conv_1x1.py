"""1×1 convolutions on (N, 1, 1, C)."""

from keras import layers


def excitation(z, channels, reduction, name):
    z = layers.Reshape((1, 1, channels), name=name + "_reshape")(z)
    z = layers.Conv2D(channels // reduction, 1, activation="relu", name=name + "_down")(z)
    return layers.Conv2D(channels, 1, activation="sigmoid", name=name + "_up")(z)
