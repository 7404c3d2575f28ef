"""Other starting values, momentum and epsilon."""

from keras import layers


def autoencoder_block(x, filters, name):
    x = layers.Conv2D(
        filters,
        3,
        padding="same",
        kernel_initializer="he_normal",
        bias_initializer="ones",
        name=name + "_conv",
    )(x)
    x = layers.BatchNormalization(momentum=0.8, epsilon=1e-5, name=name + "_bn")(x)
    return layers.ReLU(name=name + "_relu")(x)
