"""Both branches get the same name; their own layers differ."""

import keras


def bam(x, channel_branch, spatial_branch, name):
    return x * (1 + keras.activations.sigmoid(channel_branch(x, name) + spatial_branch(x, name)))
