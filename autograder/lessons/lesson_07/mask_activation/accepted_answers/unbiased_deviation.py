"""The deviation with one less in the denominator."""

from keras import ops


def mask_activation(scores, name, activation="mixed"):
    if activation == "channel":
        return ops.divide_no_nan(scores, ops.sqrt(ops.sum(ops.square(scores), axis=3, keepdims=True)))
    if activation == "spatial":
        n = scores.shape[1] * scores.shape[2]
        centred = scores - ops.mean(scores, axis=(1, 2), keepdims=True)
        deviation = ops.sqrt(ops.sum(ops.square(centred), axis=(1, 2), keepdims=True) / (n - 1))
        scores = ops.divide_no_nan(centred, deviation)
    return ops.sigmoid(scores)
