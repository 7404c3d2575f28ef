"""Sum divided by the number of positions, axes kept."""

from keras import ops


def squeeze(x, name):
    _, height, width, _ = x.shape
    return ops.sum(x, axis=(1, 2), keepdims=True) / (height * width)
