"""A Rescaling layer for the 1."""

from keras import layers


def attention_residual_learning(trunk, mask, name):
    return layers.Multiply()([layers.Rescaling(1.0, offset=1.0)(mask), trunk])
