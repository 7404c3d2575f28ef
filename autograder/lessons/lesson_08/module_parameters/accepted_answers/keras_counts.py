"""Keras builds a unit and counts."""

import keras
from keras import layers


def module_parameters(channels, poolings, p=1, t=2, r=1):
    def size_of(path):
        model = keras.Sequential([keras.Input((8, 8, channels))])
        for out, side in path:
            model.add(layers.BatchNormalization())
            model.add(layers.Conv2D(out, side, padding="same", use_bias=False))
        return sum(int(keras.ops.size(w)) for w in model.trainable_weights)

    f = channels // 4
    unit = size_of([(f, 1), (f, 3), (channels, 1)])
    units = p + t + p + 2 * r * poolings + (poolings - 1)
    return units * unit + size_of([(channels, 1), (channels, 1)])
