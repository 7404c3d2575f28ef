"""The other order by exchanging the halves."""


def cbam(x, channel, spatial, name, order="channel_spatial"):
    if order == "spatial_channel":
        return cbam(x, spatial, channel, name)
    first = channel(x, name + "_one")
    if order == "channel_spatial":
        return spatial(first, name + "_two")
    return (spatial(x, name + "_two") + first) * 0.5
