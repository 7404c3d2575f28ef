"""The order is read from its own words."""


def cbam(x, channel, spatial, name, order="channel_spatial"):
    known = {"channel": channel, "spatial": spatial}
    if order in ("channel_spatial", "spatial_channel"):
        for word in order.split("_"):
            x = known[word](x, name + "_" + word)
        return x
    refined = [part(x, name + "_" + word) for word, part in known.items()]
    return sum(refined) / len(refined)
