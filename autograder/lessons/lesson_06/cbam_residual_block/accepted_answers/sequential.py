"""The branch as a Sequential model."""

import keras
from keras import layers

from course_lib.networks.conv_norm import conv_norm


def cbam_residual_block(x, filters, attention, name, strides=1):
    branch = keras.Sequential(name=name + "_branch")
    for width, size, by in ((filters, 1, 1), (filters, 3, strides), (4 * filters, 1, 1)):
        branch.add(layers.Conv2D(width, size, by, padding="same", use_bias=False))
        branch.add(layers.BatchNormalization())
        if width == filters:
            branch.add(layers.ReLU())
    refined = attention(branch(x), name + "_cbam")
    if x.shape[1:] != refined.shape[1:]:
        x = conv_norm(x, 4 * filters, 1, strides, name=name + "_way")
    return layers.ReLU()(layers.Add()([refined, x]))
