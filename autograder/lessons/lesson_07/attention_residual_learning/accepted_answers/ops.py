"""keras.ops."""

from keras import ops


def attention_residual_learning(trunk, mask, name):
    return ops.multiply(ops.add(1.0, mask), trunk)
