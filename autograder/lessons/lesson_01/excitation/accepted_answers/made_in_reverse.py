"""The wide layer is made before the narrow one."""

from keras import layers


def excitation(z, channels, reduction, name):
    wide = layers.Dense(channels, activation="sigmoid", name=name + "_wide")
    narrow = layers.Dense(channels // reduction, activation="relu", name=name + "_narrow")
    return wide(narrow(z))
