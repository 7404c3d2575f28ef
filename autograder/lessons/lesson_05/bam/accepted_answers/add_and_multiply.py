"""Keras' merging layers, x + x · M."""

from keras import layers


def bam(x, channel_branch, spatial_branch, name):
    scores = layers.Add()([channel_branch(x, name + "_c"), spatial_branch(x, name + "_s")])
    attention = layers.Activation("sigmoid")(scores)
    return layers.Add()([x, layers.Multiply()([x, attention])])
