"""Axes kept throughout, 1×1 convolutions without biases."""

from keras import layers


def channel_attention(x, name, reduction=16):
    channels = x.shape[-1]
    s = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_pool")(x)
    s = layers.Conv2D(channels // reduction, 1, use_bias=False, name=name + "_down")(s)
    s = layers.ReLU(name=name + "_relu")(s)
    s = layers.Conv2D(channels, 1, use_bias=False, activation="sigmoid", name=name + "_up")(s)
    return layers.Multiply(name=name + "_out")([s, x])
