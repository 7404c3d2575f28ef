"""One layer class for the whole module, the wide layer made first."""

import keras
import tensorflow as tf
from keras import layers


class ChannelGates(keras.layers.Layer):
    def __init__(self, reduction, **options):
        super().__init__(**options)
        self.reduction = reduction

    def build(self, shape):
        hidden = shape[-1] // self.reduction
        self.wide, self.narrow = layers.Dense(shape[-1]), layers.Dense(hidden, activation="relu")
        self.narrow.build((None, shape[-1]))
        self.wide.build((None, hidden))

    def call(self, x):
        mean, top = tf.reduce_mean(x, axis=[1, 2]), tf.reduce_max(x, axis=[1, 2])
        gates = tf.sigmoid(self.wide(self.narrow(mean)) + self.wide(self.narrow(top)))
        return x * gates[:, tf.newaxis, tf.newaxis, :]


def cbam_channel_attention(x, name, reduction=16):
    return ChannelGates(reduction, name=name)(x)
