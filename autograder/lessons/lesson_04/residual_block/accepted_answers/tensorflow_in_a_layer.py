"""TensorFlow inside Lambda layers, and a projection of every second position."""

import tensorflow as tf
from keras import layers


def residual_block(x, filters, name, strides=1):
    relu = layers.Lambda(lambda t: tf.nn.relu(t))
    h = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_a")(x)
    h = relu(layers.BatchNormalization(epsilon=1e-5, name=name + "_na")(h))
    h = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_b")(h)
    h = layers.BatchNormalization(epsilon=1e-5, name=name + "_nb")(h)
    if strides > 1 or x.shape[-1] != filters:
        x = x[:, ::strides, ::strides, :]
        x = layers.Dense(filters, use_bias=False, name=name + "_c")(x)
        x = layers.BatchNormalization(epsilon=1e-5, name=name + "_nc")(x)
    return layers.Lambda(lambda ts: tf.nn.relu(tf.add(*ts)))([x, h])
