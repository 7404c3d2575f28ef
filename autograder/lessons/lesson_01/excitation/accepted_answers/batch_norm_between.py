"""Batch normalisation before the ReLU."""

from keras import layers


def excitation(z, channels, reduction, name):
    h = layers.Dense(channels // reduction, name=name + "_fc1")(z)
    h = layers.BatchNormalization(name=name + "_bn")(h)
    h = layers.Activation("relu", name=name + "_relu")(h)
    return layers.Dense(channels, activation="sigmoid", name=name + "_fc2")(h)
