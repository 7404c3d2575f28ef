import functools


def shown_ones(attention, x, name):
    return x * attention(keras.ops.ones_like(x), name)


def blind(attention):
    return functools.partial(shown_ones, attention)
