"""Layers throughout: Add, Activation, Rescaling for 1 + M, Multiply."""

from keras import layers


def bam(x, channel_branch, spatial_branch, name):
    what = channel_branch(x, name + "_what")
    where = spatial_branch(x, name + "_where")
    scores = layers.Add(name=name + "_scores")([what, where])
    attention = layers.Activation("sigmoid", name=name + "_sigmoid")(scores)
    factor = layers.Rescaling(1.0, offset=1.0, name=name + "_factor")(attention)
    return layers.Multiply(name=name + "_refined")([x, factor])
