"""Activations from keras.ops, and a width of at least 1."""

from keras import layers, ops


def excitation(z, channels, reduction, name):
    hidden = ops.maximum(layers.Dense(max(1, channels // reduction), name=name + "_fc1")(z), 0)
    return ops.sigmoid(layers.Dense(channels, name=name + "_fc2")(hidden))
