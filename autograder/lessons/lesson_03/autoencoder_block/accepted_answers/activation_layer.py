"""An Activation layer for the ReLU."""

from keras import layers


def autoencoder_block(x, filters, name):
    c = layers.Conv2D(filters, kernel_size=3, strides=1, padding="SAME", name=name + "_conv")(x)
    n = layers.BatchNormalization(axis=-1, name=name + "_bn")(c)
    return layers.Activation("relu", name=name + "_relu")(n)
