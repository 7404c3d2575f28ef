"""TensorFlow inside Lambda layers."""

import tensorflow as tf
from keras import layers


def standardised(s):
    mean, variance = tf.nn.moments(s, [1, 2], keepdims=True)
    return (s - mean) / tf.sqrt(variance + 1e-7)


def mask_activation(scores, name, activation="mixed"):
    if activation == "channel":
        return layers.Lambda(lambda s: tf.math.l2_normalize(s, axis=-1), name=name + "_length")(scores)
    if activation == "spatial":
        scores = layers.Lambda(standardised, name=name + "_standard")(scores)
    return layers.Lambda(tf.sigmoid, name=name + "_mask")(scores)
