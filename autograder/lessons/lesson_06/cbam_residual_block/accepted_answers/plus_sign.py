"""A plus sign and keras.ops."""

import keras

from course_lib.networks.conv_norm import conv_norm


def cbam_residual_block(x, filters, attention, name, strides=1):
    wide = 4 * filters
    y = conv_norm(x, filters, 1, name=name + "_a", relu=True)
    y = conv_norm(conv_norm(y, filters, 3, strides, name=name + "_b", relu=True), wide, 1, name=name + "_c")
    way = x
    if strides != 1 or x.shape[-1] != wide:
        way = conv_norm(x, wide, 1, strides, name=name + "_way")
    return keras.ops.relu(way + attention(y, name + "_attention"))
