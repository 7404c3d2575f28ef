"""A model inside."""

import keras
from keras import layers


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters = filters or x.shape[-1]
    given = keras.Input(x.shape[1:])
    a = layers.ReLU()(layers.BatchNormalization()(given))
    y = layers.Conv2D(filters // 4, 1, use_bias=False)(a)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    y = layers.Conv2D(filters // 4, 3, strides, padding="same", use_bias=False)(y)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    y = layers.Conv2D(filters, 1, use_bias=False)(y)
    changed = strides > 1 or filters != x.shape[-1]
    way = layers.Conv2D(filters, 1, strides, use_bias=False)(a) if changed else given
    return keras.Model(given, layers.Add()([way, y]), name=name + "_unit")(x)
