"""Normalise, activate, convolve as a layer class of one's own."""

import keras
from keras import layers


class Convolve(keras.layers.Layer):
    def __init__(self, filters, size, strides=1, **options):
        super().__init__(**options)
        self.conv = layers.Conv2D(filters, size, strides, padding="same", use_bias=False)

    def build(self, shape):
        self.conv.build(shape)

    def call(self, x):
        return self.conv(x)


class Ready(keras.layers.Layer):
    def __init__(self, **options):
        super().__init__(**options)
        self.norm = layers.BatchNormalization(momentum=0.9)

    def build(self, shape):
        self.norm.build(shape)

    def call(self, x, training=False):
        return keras.ops.maximum(self.norm(x, training=training), 0)


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters = filters or x.shape[-1]
    a = Ready(name=name + "_r1")(x)
    y = Ready(name=name + "_r2")(Convolve(filters // 4, 1, name=name + "_c1")(a))
    y = Ready(name=name + "_r3")(Convolve(filters // 4, 3, strides, name=name + "_c2")(y))
    y = Convolve(filters, 1, name=name + "_c3")(y)
    if strides > 1 or x.shape[-1] != filters:
        x = Convolve(filters, 1, strides, name=name + "_c4")(a)
    return x + y
