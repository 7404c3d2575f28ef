"""Reshape puts the pooled axis back."""

from keras import layers, ops


def channel_pool(x, name):
    height, width = x.shape[1:3]
    mean = layers.Reshape((height, width, 1), name=name + "_mean")(ops.mean(x, axis=-1))
    largest = layers.Reshape((height, width, 1), name=name + "_max")(ops.max(x, axis=-1))
    return layers.concatenate([mean, largest], name=name + "_maps")
