"""Pooling layers as large as the map."""

from keras import layers, ops


def cbam_channel_attention(x, name, reduction=16):
    size, channels = tuple(x.shape[1:3]), x.shape[-1]
    narrow = layers.Conv2D(channels // reduction, 1, activation="relu", name=name + "_narrow")
    wide = layers.Conv2D(channels, 1, name=name + "_wide")
    pools = layers.AveragePooling2D(size)(x), layers.MaxPooling2D(size)(x)
    return x * ops.sigmoid(ops.add(*(wide(narrow(z)) for z in pools)))
