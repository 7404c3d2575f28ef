"""The module without its gate as a functional model."""

import keras
from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_inception_block(x, widths, attention, name):
    a = keras.Input(x.shape[1:])
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(a)
    branches = [conv_norm(a, widths[0], 1, name="one", relu=True)]
    branches += [conv_norm(a, widths[1], 3, name="two", relu=True)]
    branches += [conv_norm(pooled, widths[2], 1, name="three", relu=True)]
    module = keras.Model(a, layers.Concatenate()(branches), name=name + "_module")
    return attention(module(x), name + "_se")
