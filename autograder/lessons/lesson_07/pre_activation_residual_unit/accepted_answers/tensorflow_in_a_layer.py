"""Dense layers for the 1×1 convolutions, TensorFlow inside Lambda layers."""

import tensorflow as tf
from keras import layers


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters = filters or x.shape[-1]

    def ready(t, part):
        return layers.Lambda(tf.nn.relu)(layers.BatchNormalization(name=f"{name}_{part}_norm")(t))

    a = ready(x, "a")
    y = layers.Dense(filters // 4, use_bias=False, name=name + "_a")(a)
    y = layers.Conv2D(filters // 4, 3, strides, "same", use_bias=False, name=name + "_b")(ready(y, "b"))
    y = layers.Dense(filters, use_bias=False, name=name + "_c")(ready(y, "c"))
    if strides > 1 or x.shape[-1] != filters:
        x = layers.Dense(filters, use_bias=False, name=name + "_d")(a[:, ::strides, ::strides])
    return layers.Lambda(lambda pair: pair[0] + pair[1])([x, y])
