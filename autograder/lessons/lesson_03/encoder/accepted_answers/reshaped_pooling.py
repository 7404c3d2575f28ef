"""Squares as axes of their own, then the maximum."""

from keras import ops

# `autoencoder_block` is that of the lesson.


def encoder(x, filters, attention, name):
    for stage, width in enumerate(filters, 1):
        x = attention(autoencoder_block(x, width, f"{name}{stage}"), f"{name}{stage}_attention")
        _, height, breadth, channels = x.shape
        x = ops.max(ops.reshape(x, (-1, height // 2, 2, breadth // 2, 2, channels)), axis=(2, 4))
    return x
