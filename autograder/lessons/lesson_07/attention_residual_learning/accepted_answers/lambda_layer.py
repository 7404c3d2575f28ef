"""A Lambda layer."""

from keras import layers


def attention_residual_learning(trunk, mask, name):
    return layers.Lambda(lambda p: p[0] * (1 + p[1]), name=name + "_lambda")([trunk, mask])
