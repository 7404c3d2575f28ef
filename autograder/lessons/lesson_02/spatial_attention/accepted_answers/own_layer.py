"""One layer class with a weight of its own and TensorFlow inside."""

import keras
import tensorflow as tf


class SpatialAttention(keras.layers.Layer):
    def __init__(self, size, **options):
        super().__init__(**options)
        self.size = size

    def build(self, shape):
        self.kernel = self.add_weight(shape=(self.size, self.size, 2, 1), name="w")

    def call(self, x):
        pooled = tf.stack([tf.reduce_max(x, axis=-1), tf.reduce_mean(x, axis=-1)], axis=-1)
        return x * tf.sigmoid(tf.nn.conv2d(pooled, self.kernel, strides=1, padding="SAME"))


def spatial_attention(x, name, kernel_size=7):
    return SpatialAttention(kernel_size, name=name)(x)
