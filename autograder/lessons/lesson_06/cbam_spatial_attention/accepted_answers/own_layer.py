"""One layer class with TensorFlow inside."""

import keras
import tensorflow as tf


class SpatialMap(keras.layers.Layer):
    def __init__(self, size, **options):
        super().__init__(**options)
        self.size, self.norm = size, keras.layers.BatchNormalization(gamma_initializer="zeros")

    def build(self, shape):
        self.kernel = self.add_weight(shape=(self.size, self.size, 2, 1), name="w")
        self.norm.build((*shape[:-1], 1))

    def call(self, x, training=False):
        pooled = tf.stack([tf.reduce_max(x, axis=-1), tf.reduce_mean(x, axis=-1)], axis=-1)
        scores = tf.nn.conv2d(pooled, self.kernel, strides=1, padding="SAME")
        return x * tf.sigmoid(self.norm(scores, training=training))


def cbam_spatial_attention(x, name, kernel_size=7):
    return SpatialMap(kernel_size, name=name)(x)
