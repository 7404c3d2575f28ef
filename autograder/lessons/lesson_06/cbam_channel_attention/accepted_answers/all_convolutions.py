"""Axes kept throughout, 1×1 convolutions without biases."""

from keras import layers


def cbam_channel_attention(x, name, reduction=16):
    channels = x.shape[-1]
    down = layers.Conv2D(channels // reduction, 1, use_bias=False, activation="relu", name=name + "_down")
    up = layers.Conv2D(channels, 1, use_bias=False, name=name + "_up")
    mean = layers.GlobalAveragePooling2D(keepdims=True)(x)
    top = layers.GlobalMaxPooling2D(keepdims=True)(x)
    return layers.Multiply()([layers.Activation("sigmoid")(up(down(mean)) + up(down(top))), x])
