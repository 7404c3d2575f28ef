"""TensorFlow inside a Lambda layer."""

import tensorflow as tf
from keras import layers


def squeeze(x, name):
    return layers.Lambda(lambda t: tf.reduce_mean(t, axis=[1, 2]), name=name + "_mean")(x)
