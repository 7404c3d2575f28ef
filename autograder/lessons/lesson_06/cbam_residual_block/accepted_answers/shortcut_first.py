"""The shortcut first, other names."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def cbam_residual_block(x, filters, attention, name, strides=1):
    keeps = strides == 1 and 4 * filters == x.shape[-1]
    identity = x if keeps else conv_norm(x, 4 * filters, 1, strides, name=name + "_identity")
    change = conv_norm(x, filters, 1, name=name + "_in", relu=True)
    change = conv_norm(change, filters, 3, strides, name=name + "_mid", relu=True)
    change = attention(conv_norm(change, 4 * filters, 1, name=name + "_out"), name + "_gate")
    return layers.ReLU()(identity + change)
