"""One-dimensional convolutions on a sequence of one step."""

from keras import layers


def excitation(z, channels, reduction, name):
    z = layers.Reshape((1, channels), name=name + "_sequence")(z)
    z = layers.Conv1D(channels // reduction, 1, activation="relu", name=name + "_down")(z)
    z = layers.Conv1D(channels, 1, activation="sigmoid", name=name + "_up")(z)
    return layers.Flatten(name=name + "_gates")(z)
