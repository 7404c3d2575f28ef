"""Each branch as a Sequential model."""

import keras
from keras import layers


def se_inception_block(x, widths, attention, name):
    def branch(number, *before, size):
        steps = [*before, layers.Conv2D(widths[number], size, padding="same", use_bias=False)]
        return keras.Sequential([*steps, layers.BatchNormalization(), layers.ReLU()], name=f"{name}_{number}")

    pool = layers.MaxPooling2D(3, strides=1, padding="same")
    branches = [branch(0, size=1), branch(1, size=3), branch(2, pool, size=1)]
    return attention(layers.Concatenate(name=name + "_all")([b(x) for b in branches]), name + "_se")
