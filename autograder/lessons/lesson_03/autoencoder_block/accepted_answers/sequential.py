"""The three layers in a Sequential model."""

import keras
from keras import layers


def autoencoder_block(x, filters, name):
    steps = keras.Sequential(name=name)
    steps.add(layers.Conv2D(filters, 3, padding="same", name=name + "_conv"))
    steps.add(layers.BatchNormalization(name=name + "_bn"))
    steps.add(layers.ReLU(name=name + "_relu"))
    return steps(x)
