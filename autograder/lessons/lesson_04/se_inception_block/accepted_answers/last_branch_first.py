"""The branches made in another order, joined in the right one."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_inception_block(x, widths, attention, name):
    pooled = layers.MaxPooling2D(3, strides=1, padding="same", name=name + "_max")(x)
    third = conv_norm(pooled, widths[2], 1, name=name + "_third", relu=True)
    second = conv_norm(x, widths[1], 3, name=name + "_second", relu=True)
    first = conv_norm(x, widths[0], 1, name=name + "_first", relu=True)
    return attention(layers.Concatenate()([first, second, third]), name + "_se")
