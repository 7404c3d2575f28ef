"""The branch as a Sequential model."""

import keras
from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_residual_block(x, filters, attention, name, strides=1):
    branch = keras.Sequential(name=name + "_branch")
    for place, by in enumerate((strides, 1)):
        branch.add(layers.Conv2D(filters, 3, by, padding="same", use_bias=False))
        branch.add(layers.BatchNormalization())
        if place == 0:
            branch.add(layers.ReLU())
    refined = attention(branch(x), name + "_se")
    if x.shape[1:] != refined.shape[1:]:
        x = conv_norm(x, filters, 1, strides, name=name + "_way")
    return layers.ReLU()(layers.Add()([refined, x]))
