"""TensorFlow inside."""

import tensorflow as tf
from keras import layers


def naive_attention(trunk, mask, name):
    return layers.Lambda(lambda p: tf.math.multiply(p[0], p[1]))((mask, trunk))
