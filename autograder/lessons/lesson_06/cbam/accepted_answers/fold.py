"""functools.reduce runs the halves in a row."""

import functools

from keras import ops


def cbam(x, channel, spatial, name, order="channel_spatial"):
    halves = [(channel, name + "_channel"), (spatial, name + "_spatial")]
    if order == "parallel":
        return ops.average(ops.stack([half(x, label) for half, label in halves], axis=-1), axis=-1)
    if order == "spatial_channel":
        halves.reverse()
    return functools.reduce(lambda t, half: half[0](t, half[1]), halves, x)
