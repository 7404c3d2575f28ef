"""The sigmoid from its formula."""

import keras


def bam(x, channel_branch, spatial_branch, name):
    score = channel_branch(x, name + "_channel") + spatial_branch(x, name + "_spatial")
    return x * (1 + 1 / (1 + keras.ops.exp(-score)))
