"""A Sequential model."""

import keras
from keras import layers


def bam_channel_branch(x, name, reduction=16):
    channels = x.shape[-1]
    branch = keras.Sequential(name=name + "_what")
    branch.add(layers.GlobalAveragePooling2D(keepdims=True))
    branch.add(layers.Dense(channels // reduction))
    branch.add(layers.BatchNormalization())
    branch.add(layers.Activation("relu"))
    branch.add(layers.Dense(channels))
    return branch(x)
