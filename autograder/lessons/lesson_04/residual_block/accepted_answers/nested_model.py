"""The whole block as a functional model."""

import keras
from keras import layers


def residual_block(x, filters, name, strides=1):
    a = keras.Input(x.shape[1:])
    h = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False)(a)
    h = layers.ReLU()(layers.BatchNormalization()(h))
    h = layers.BatchNormalization()(layers.Conv2D(filters, 3, padding="same", use_bias=False)(h))
    same = strides == 1 and a.shape[-1] == filters
    way = a
    if not same:
        way = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides, use_bias=False)(a))
    return keras.Model(a, layers.ReLU()(layers.Add()([way, h])), name=name)(x)
