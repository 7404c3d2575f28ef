"""Convolutions with biases."""

from keras import layers


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters = filters or x.shape[-1]
    a = layers.ReLU()(layers.BatchNormalization(name=name + "_na")(x))
    h = layers.Conv2D(filters // 4, 1, name=name + "_a")(a)
    h = layers.ReLU()(layers.BatchNormalization(name=name + "_nb")(h))
    h = layers.Conv2D(filters // 4, 3, strides, padding="same", name=name + "_b")(h)
    h = layers.ReLU()(layers.BatchNormalization(name=name + "_nc")(h))
    h = layers.Conv2D(filters, 1, name=name + "_c")(h)
    if strides > 1 or x.shape[-1] != filters:
        return layers.Conv2D(filters, 1, strides, name=name + "_d")(a) + h
    return x + h
