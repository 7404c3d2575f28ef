"""Three layers in a list, called one after the other."""

from keras import layers


def autoencoder_block(x, filters, name):
    steps = [
        layers.Conv2D(filters, 3, padding="same", name=name + "_conv"),
        layers.BatchNormalization(name=name + "_bn"),
        layers.ReLU(name=name + "_relu"),
    ]
    for step in steps:
        x = step(x)
    return x
