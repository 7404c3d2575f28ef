"""The layers are made from the last to the first."""

from keras import layers


def autoencoder_block(x, filters, name):
    relu = layers.ReLU(name=name + "_relu")
    norm = layers.BatchNormalization(name=name + "_bn")
    conv = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")
    return relu(norm(conv(x)))
