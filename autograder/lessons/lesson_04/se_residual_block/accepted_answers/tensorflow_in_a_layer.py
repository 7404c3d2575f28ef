"""TensorFlow inside a Lambda layer."""

import tensorflow as tf
from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_residual_block(x, filters, attention, name, strides=1):
    y = conv_norm(x, filters, 3, strides, name=name + "_a", relu=True)
    y = attention(conv_norm(y, filters, 3, name=name + "_b"), name + "_se")
    if strides > 1 or x.shape[-1] != filters:
        x = x[:, ::strides, ::strides, :]
        x = layers.Dense(filters, use_bias=False, name=name + "_c")(x)
        x = layers.BatchNormalization(name=name + "_nc")(x)
    return layers.Lambda(lambda ts: tf.nn.relu(ts[0] + ts[1]))([x, y])
