"""A dictionary from the order to what is done."""


def cbam(x, channel, spatial, name, order="channel_spatial"):
    def what(t):
        return channel(t, name + "_what")

    def where(t):
        return spatial(t, name + "_where")

    return {
        "channel_spatial": lambda: where(what(x)),
        "spatial_channel": lambda: what(where(x)),
        "parallel": lambda: what(x) / 2 + where(x) / 2,
    }[order]()
