"""Keras' own layer for the mean."""

from keras import layers


def cbam(x, channel, spatial, name, order="channel_spatial"):
    parts = {"what": channel, "where": spatial}
    if order == "spatial_channel":
        parts = dict(reversed(parts.items()))
    if order == "parallel":
        return layers.Average(name=name + "_mean")([part(x, f"{name}_{k}") for k, part in parts.items()])
    for key, part in parts.items():
        x = part(x, f"{name}_{key}")
    return x
