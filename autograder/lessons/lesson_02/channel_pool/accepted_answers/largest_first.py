"""The maximum first."""

from keras import layers, ops


def channel_pool(x, name):
    maps = [ops.max(x, axis=3, keepdims=True), ops.mean(x, axis=3, keepdims=True)]
    return layers.Concatenate(name=name + "_maps")(maps)
