"""TensorFlow inside."""

import tensorflow as tf
from keras import layers


def attention_residual_learning(trunk, mask, name):
    one_plus = layers.Lambda(lambda m: tf.ones_like(m) + m)(mask)
    return layers.Lambda(lambda p: tf.multiply(p[0], p[1]))([one_plus, trunk])
