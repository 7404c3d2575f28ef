"""The shortcut first, other names."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_residual_block(x, filters, attention, name, strides=1):
    keeps = strides == 1 and filters == x.shape[-1]
    identity = x if keeps else conv_norm(x, filters, 1, strides, name=name + "_identity")
    change = conv_norm(x, filters, 3, strides, name=name + "_in", relu=True)
    change = conv_norm(change, filters, 3, 1, name=name + "_out")
    change = attention(change, name + "_gate")
    return layers.ReLU()(identity + change)
