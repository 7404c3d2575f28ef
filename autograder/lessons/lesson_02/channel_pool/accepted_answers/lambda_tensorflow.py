"""TensorFlow inside Lambda layers."""

import tensorflow as tf
from keras import layers


def channel_pool(x, name):
    mean = layers.Lambda(lambda t: tf.reduce_mean(t, -1, keepdims=True), name=name + "_mean")(x)
    largest = layers.Lambda(lambda t: tf.reduce_max(t, -1, keepdims=True), name=name + "_max")(x)
    return layers.Lambda(lambda ts: tf.concat(ts, -1), name=name + "_both")([mean, largest])
