"""Channels moved to the front, and back at the end."""

from keras import layers


def channel_attention(x, name, reduction=16):
    channels = x.shape[-1]
    first = layers.Permute((3, 1, 2), name=name + "_front")(x)
    s = layers.GlobalAveragePooling2D(data_format="channels_first", name=name + "_pool")(first)
    s = layers.Dense(channels // reduction, activation="relu", name=name + "_1")(s)
    s = layers.Dense(channels, activation="sigmoid", name=name + "_2")(s)
    scaled = first * layers.Reshape((channels, 1, 1), name=name + "_s")(s)
    return layers.Permute((2, 3, 1), name=name + "_back")(scaled)
