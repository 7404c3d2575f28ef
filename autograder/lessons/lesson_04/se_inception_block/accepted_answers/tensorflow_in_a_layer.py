"""TensorFlow inside Lambda layers."""

import tensorflow as tf
from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_inception_block(x, widths, attention, name):
    pool = layers.Lambda(lambda t: tf.nn.max_pool2d(t, 3, 1, "SAME"))
    parts = [
        conv_norm(x, widths[0], 1, name=name + "_a", relu=True),
        conv_norm(x, widths[1], 3, name=name + "_b", relu=True),
        conv_norm(pool(x), widths[2], 1, name=name + "_c", relu=True),
    ]
    return attention(layers.Lambda(lambda ts: tf.concat(ts, -1))(parts), name + "_se")
