"""A Sequential model."""

import keras
from keras import layers


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    hidden = x.shape[-1] // reduction
    branch = keras.Sequential(name=name + "_where")
    for size, rate in ((1, 1), (3, dilation), (3, dilation)):
        branch.add(layers.Conv2D(hidden, size, padding="same", dilation_rate=rate))
        branch.add(layers.BatchNormalization())
        branch.add(layers.ReLU())
    branch.add(layers.Conv2D(1, 1))
    return branch(x)
