"""Arguments handed on by keyword, names in other words."""

import keras


def cbam(x, channel, spatial, name, order="channel_spatial"):
    if order == "parallel":
        pair = [channel(x, name=f"{name}.gates"), spatial(x, name=f"{name}.map")]
        return keras.ops.mean(keras.ops.stack(pair), axis=0)
    first, second = (channel, spatial) if order == "channel_spatial" else (spatial, channel)
    return second(first(x, name=f"{name}.1"), name=f"{name}.2")
