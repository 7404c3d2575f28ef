"""Dense layers without biases."""

from keras import layers


def excitation(z, channels, reduction, name):
    z = layers.Dense(channels // reduction, use_bias=False, activation="relu", name=name + "_1")(z)
    return layers.Dense(channels, use_bias=False, activation="sigmoid", name=name + "_2")(z)
