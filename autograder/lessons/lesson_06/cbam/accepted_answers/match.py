"""A match statement."""

from keras import layers


def cbam(x, channel, spatial, name, order="channel_spatial"):
    match order:
        case "channel_spatial":
            return spatial(channel(x, name + "_a"), name + "_b")
        case "spatial_channel":
            return channel(spatial(x, name + "_a"), name + "_b")
        case _:
            return layers.Rescaling(0.5)(layers.Add()([spatial(x, name + "_a"), channel(x, name + "_b")]))
