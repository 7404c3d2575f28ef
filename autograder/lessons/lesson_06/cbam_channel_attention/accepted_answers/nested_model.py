"""A small functional model reads both summaries."""

import keras
from keras import layers


def cbam_channel_attention(x, name, reduction=16):
    channels = x.shape[-1]
    z = keras.Input((channels,))
    hidden = layers.Dense(channels // reduction, activation="relu")(z)
    read = keras.Model(z, layers.Dense(channels)(hidden), name=name + "_read")
    scores = read(layers.GlobalAveragePooling2D()(x)) + read(layers.GlobalMaxPooling2D()(x))
    return layers.Multiply(name=name + "_out")([x, keras.ops.sigmoid(scores)])
