"""A name for every step."""


def cbam(x, channel, spatial, name, order="channel_spatial"):
    if order == "parallel":
        one = channel(x, name + "_c")
        two = spatial(x, name + "_s")
        return 0.5 * (one + two)
    if order == "channel_spatial":
        refined = channel(x, name + "_c")
        refined = spatial(refined, name + "_s")
    else:
        refined = spatial(x, name + "_s")
        refined = channel(refined, name + "_c")
    return refined
