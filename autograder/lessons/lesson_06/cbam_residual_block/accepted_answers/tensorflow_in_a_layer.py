"""TensorFlow inside a Lambda layer; dense layers for the 1×1 convolutions."""

import tensorflow as tf
from keras import layers

from course_lib.networks.conv_norm import conv_norm


def cbam_residual_block(x, filters, attention, name, strides=1):
    y = layers.Dense(filters, use_bias=False, name=name + "_a")(x)
    y = layers.ReLU()(layers.BatchNormalization(name=name + "_na")(y))
    y = conv_norm(y, filters, 3, strides, name=name + "_b", relu=True)
    y = layers.Dense(4 * filters, use_bias=False, name=name + "_c")(y)
    y = attention(layers.BatchNormalization(name=name + "_nc")(y), name + "_cbam")
    if strides > 1 or x.shape[-1] != 4 * filters:
        x = layers.Dense(4 * filters, use_bias=False, name=name + "_d")(x[:, ::strides, ::strides, :])
        x = layers.BatchNormalization(name=name + "_nd")(x)
    return layers.Lambda(lambda ts: tf.nn.relu(ts[0] + ts[1]))([x, y])
