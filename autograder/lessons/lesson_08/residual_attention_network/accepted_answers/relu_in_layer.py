"""An own layer for ReLU and mean."""

import keras
from keras import layers


class Summary(layers.Layer):
    """ReLU, then the mean over all positions."""

    def call(self, t):
        return keras.ops.mean(keras.ops.maximum(t, 0.0), axis=[1, 2])


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    strides = [1] + [2] * (len(modules) - 1)
    for s, (m, step) in enumerate(zip(modules, strides, strict=True)):
        x = stage(x, filters * 2**s, step, m, f"{name}_stage{s}")
    x = unit(x, name + "_end_a", filters * 2 ** len(modules), 2) if widen else unit(x, name + "_end_a")
    for letter in "bc":
        x = unit(x, f"{name}_end_{letter}")
    x = layers.BatchNormalization(name=name + "_norm")(x)
    return layers.Dense(classes, "softmax", name=name + "_d")(Summary(name=name + "_summary")(x))
