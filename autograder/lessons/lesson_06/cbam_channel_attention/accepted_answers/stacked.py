"""Both summaries on a new axis, so that one call serves both."""

from keras import layers, ops


def cbam_channel_attention(x, name, reduction=16):
    both = ops.stack([ops.mean(x, axis=(1, 2)), ops.max(x, axis=(1, 2))], axis=1)  # (N, 2, C)
    hidden = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_in")(both)
    scores = layers.Dense(x.shape[-1], name=name + "_out")(hidden)
    gates = ops.sigmoid(ops.sum(scores, axis=1))
    return ops.einsum("nhwc,nc->nhwc", x, gates)
