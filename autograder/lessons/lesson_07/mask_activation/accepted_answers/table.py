"""A dictionary from the kind to what is done."""

from keras import activations, ops


def length(s):
    return s / ops.sqrt(ops.sum(s * s, -1, keepdims=True) + 1e-6)


def standard(s):
    return (s - ops.mean(s, (1, 2), keepdims=True)) / (ops.std(s, (1, 2), keepdims=True) + 1e-6)


def mask_activation(scores, name, activation="mixed"):
    kinds = {
        "mixed": activations.sigmoid,
        "channel": length,
        "spatial": lambda s: activations.sigmoid(standard(s)),
    }
    return kinds[activation](scores)
