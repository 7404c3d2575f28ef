"""Descriptors of shape (N, C), new axes at the end."""

from keras import layers, ops


def cbam_channel_attention(x, name, reduction=16):
    first = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_a")
    second = layers.Dense(x.shape[-1], name=name + "_b")
    scores = [second(first(pool(x, axis=(1, 2)))) for pool in (ops.max, ops.mean)]
    return x * ops.sigmoid(sum(scores))[:, None, None, :]
