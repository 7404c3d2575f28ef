"""keras.ops."""

from keras import ops


def naive_attention(trunk, mask, name):
    return ops.multiply(trunk, mask)
