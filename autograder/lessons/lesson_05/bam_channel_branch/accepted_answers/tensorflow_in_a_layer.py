"""TensorFlow inside Lambda layers."""

import tensorflow as tf
from keras import layers


def bam_channel_branch(x, name, reduction=16):
    z = layers.Lambda(lambda t: tf.reduce_mean(t, axis=[1, 2], keepdims=True))(x)
    z = layers.Dense(int(x.shape[-1] / reduction), name=name + "_reduce")(z)
    z = layers.BatchNormalization(name=name + "_bn")(z)
    z = layers.Lambda(tf.nn.relu)(z)
    return layers.Dense(x.shape[-1], name=name + "_expand")(z)
