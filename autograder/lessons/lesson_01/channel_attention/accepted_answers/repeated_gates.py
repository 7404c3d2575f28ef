"""Gates repeated at every position."""

from keras import layers

# `squeeze` and `excitation` are those of the lesson.


def channel_attention(x, name, reduction=16):
    height, width, channels = x.shape[1:]
    s = excitation(squeeze(x, name), channels, reduction, name)
    s = layers.RepeatVector(height * width, name=name + "_repeat")(s)
    return x * layers.Reshape((height, width, channels), name=name + "_grid")(s)
