"""TensorFlow inside one Lambda layer."""

import tensorflow as tf
from keras import layers


def bam(x, channel_branch, spatial_branch, name):
    parts = [x, channel_branch(x, name + "_a"), spatial_branch(x, name + "_b")]
    return layers.Lambda(lambda t: t[0] * (1.0 + tf.sigmoid(t[1] + t[2])), name=name + "_join")(parts)
