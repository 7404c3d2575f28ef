"""The convolution keeps its bias."""

from keras import layers


def autoencoder_block(x, filters, name):
    x = layers.Conv2D(filters, (3, 3), padding="same", name=f"{name}_conv")(x)
    x = layers.BatchNormalization(name=f"{name}_bn")(x)
    x = layers.ReLU(name=f"{name}_relu")(x)
    return x
