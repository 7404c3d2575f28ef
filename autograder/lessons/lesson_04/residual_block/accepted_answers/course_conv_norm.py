"""The course's convolution with normalisation."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def residual_block(x, filters, name, strides=1):
    y = conv_norm(x, filters, 3, strides, name=f"{name}_a", relu=True)
    y = conv_norm(y, filters, 3, name=f"{name}_b")
    if (strides, x.shape[-1]) != (1, filters):
        x = conv_norm(x, filters, 1, strides, name=f"{name}_c")
    return layers.ReLU()(layers.Add()([x, y]))
