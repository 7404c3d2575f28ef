"""A Sequential model."""

import keras
from keras import layers


def excitation(z, channels, reduction, name):
    mlp = keras.Sequential(
        [
            layers.Dense(channels // reduction),
            layers.ReLU(),
            layers.Dense(channels),
            layers.Activation("sigmoid"),
        ],
        name=name + "_mlp",
    )
    return mlp(z)
