"""Multiply is handed (N, C) and adds the axes itself."""

from keras import layers

# `squeeze` and `excitation` are those of the lesson.


def channel_attention(x, name, reduction=16):
    s = excitation(squeeze(x, name), x.shape[-1], reduction, name)
    return layers.Multiply(name=name + "_scale")([x, s])
