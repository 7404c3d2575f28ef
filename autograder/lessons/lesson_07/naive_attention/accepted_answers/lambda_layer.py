"""A Lambda layer."""

from keras import layers


def naive_attention(trunk, mask, name):
    return layers.Lambda(lambda pair: pair[0] * pair[1], name=name)([trunk, mask])
