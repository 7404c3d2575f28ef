"""The branch behind the first activation as a Sequential model."""

import keras
from keras import layers


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters = filters or x.shape[-1]
    ready = keras.Sequential([layers.BatchNormalization(), layers.ReLU()], name=name + "_ready")(x)
    change = keras.Sequential(
        [
            layers.Conv2D(filters // 4, 1, use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(filters // 4, 3, strides, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(filters, 1, use_bias=False),
        ],
        name=name + "_change",
    )(ready)
    if change.shape != x.shape:
        x = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_way")(ready)
    return layers.add([x, change])
