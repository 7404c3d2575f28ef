"""A model around the two halves."""

import keras


def cbam(x, channel, spatial, name, order="channel_spatial"):
    t = keras.Input(x.shape[1:])
    if order == "channel_spatial":
        y = spatial(channel(t, name + "_c"), name + "_s")
    elif order == "spatial_channel":
        y = channel(spatial(t, name + "_s"), name + "_c")
    else:
        y = keras.layers.average([channel(t, name + "_c"), spatial(t, name + "_s")])
    return keras.Model(t, y, name=name + "_cbam")(x)
