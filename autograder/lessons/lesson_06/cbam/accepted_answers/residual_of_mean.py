"""Side by side as one plus half of the difference."""


def cbam(x, channel, spatial, name, order="channel_spatial"):
    if order.startswith("channel"):
        return spatial(channel(x, name + "_channel"), name + "_spatial")
    there = spatial(x, name + "_spatial")
    if order.startswith("spatial"):
        return channel(there, name + "_channel")
    return there + (channel(x, name + "_channel") - there) / 2
