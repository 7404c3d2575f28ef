"""A model inside."""

import keras


def naive_attention(trunk, mask, name):
    a, b = keras.Input(trunk.shape[1:]), keras.Input(mask.shape[1:])
    return keras.Model([a, b], keras.layers.Multiply()([a, b]), name=name + "_model")([trunk, mask])
