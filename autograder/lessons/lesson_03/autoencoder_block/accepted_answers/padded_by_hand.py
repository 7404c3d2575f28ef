"""A border of zeros, then a convolution without padding."""

from keras import layers


def autoencoder_block(x, filters, name):
    x = layers.ZeroPadding2D(1, name=name + "_pad")(x)
    x = layers.Conv2D(filters, 3, name=name + "_conv")(x)
    x = layers.BatchNormalization(name=name + "_bn")(x)
    return layers.ReLU(name=name + "_relu")(x)
