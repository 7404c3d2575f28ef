"""A functional model inside."""

import keras
from keras import layers


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    start = keras.Input(x.shape[1:])
    hidden = x.shape[-1] // reduction
    t = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(hidden, 1)(start)))
    for _ in range(2):
        t = layers.Conv2D(hidden, 3, padding="same", dilation_rate=dilation)(t)
        t = layers.ReLU()(layers.BatchNormalization()(t))
    return keras.Model(start, layers.Conv2D(1, 1)(t), name=name + "_where")(x)
