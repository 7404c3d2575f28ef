"""One-dimensional convolutions as long as the sequence of channels."""

from keras import layers, ops


def excitation(z, channels, reduction, name):
    z = ops.expand_dims(z, -1)
    z = layers.Conv1D(channels // reduction, channels, activation="relu", name=name + "_down")(z)
    z = layers.Conv1D(channels, 1, activation="sigmoid", name=name + "_up")(z)
    return ops.squeeze(z, 1)
