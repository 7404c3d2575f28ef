"""A plus sign and keras.ops."""

import keras

from course_lib.networks.conv_norm import conv_norm


def se_residual_block(x, filters, attention, name, strides=1):
    y = conv_norm(
        conv_norm(x, filters, 3, strides, name=name + "_a", relu=True), filters, 3, name=name + "_b"
    )
    way = x
    if strides != 1 or x.shape[-1] != filters:
        way = conv_norm(x, filters, 1, strides, name=name + "_way")
    return keras.ops.relu(way + attention(y, name + "_attention"))
