"""expand_dims twice, and ops.multiply."""

from keras import ops

# `squeeze` and `excitation` are those of the lesson.


def channel_attention(x, name, reduction=16):
    s = excitation(squeeze(x, name), x.shape[-1], reduction, name)
    s = ops.expand_dims(ops.expand_dims(s, 1), 1)
    return ops.multiply(s, x)
