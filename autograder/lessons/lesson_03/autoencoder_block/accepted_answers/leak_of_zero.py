"""A leaky ReLU that does not leak."""

from keras import layers


def autoencoder_block(x, filters, name):
    x = layers.Conv2D(filters, 3, padding="same", name=name + "_conv")(x)
    x = layers.BatchNormalization(name=name + "_bn")(x)
    return layers.LeakyReLU(negative_slope=0.0, name=name + "_relu")(x)
