"""TensorFlow inside Lambda layers."""

import tensorflow as tf
from keras import layers


def cbam_spatial_attention(x, name, kernel_size=7):
    top = layers.Lambda(lambda t: tf.reduce_max(t, axis=-1, keepdims=True))(x)
    mean = layers.Lambda(lambda t: tf.reduce_mean(t, axis=-1, keepdims=True))(x)
    y = layers.Concatenate()([top, mean])
    y = layers.Conv2D(filters=1, kernel_size=kernel_size, padding="same", name=name + "_c")(y)
    y = layers.BatchNormalization(gamma_initializer="zeros", name=name + "_b")(y)
    return layers.Multiply()([x, layers.Lambda(tf.nn.sigmoid)(y)])
