"""A transposed convolution of stride 1: the same sum over 3 × 3 neighbours."""

from keras import layers


def autoencoder_block(x, filters, name):
    x = layers.Conv2DTranspose(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)
    x = layers.BatchNormalization(name=name + "_bn")(x)
    return layers.ReLU(name=name + "_relu")(x)
