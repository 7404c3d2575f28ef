"""The sigmoid written out with exp; sums instead of means."""

from keras import ops


def mask_activation(scores, name, activation="mixed"):
    if activation == "channel":
        return scores / ops.sqrt(ops.maximum(ops.sum(scores * scores, axis=-1, keepdims=True), 1e-12))
    if activation == "spatial":
        count = scores.shape[1] * scores.shape[2]
        scores = scores - ops.sum(scores, axis=(1, 2), keepdims=True) / count
        scores = scores / ops.sqrt(ops.sum(scores**2, axis=(1, 2), keepdims=True) / count + 1e-9)
    return 1 / (1 + ops.exp(-scores))
