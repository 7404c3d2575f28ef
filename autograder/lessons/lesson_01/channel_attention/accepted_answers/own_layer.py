"""One layer class for the whole block, the wide layer made first."""

import keras
from keras import layers, ops


class SqueezeExcite(layers.Layer):
    def __init__(self, reduction, **options):
        super().__init__(**options)
        self.reduction = reduction

    def build(self, shape):
        channels = shape[-1]
        self.wide = layers.Dense(channels, activation="sigmoid")
        self.narrow = layers.Dense(channels // self.reduction, activation="relu")
        self.narrow.build((None, channels))
        self.wide.build((None, channels // self.reduction))

    def call(self, x):
        s = self.wide(self.narrow(ops.mean(x, axis=(1, 2))))
        return x * keras.ops.reshape(s, (-1, 1, 1, x.shape[-1]))


def channel_attention(x, name, reduction=16):
    return SqueezeExcite(reduction, name=name)(x)
