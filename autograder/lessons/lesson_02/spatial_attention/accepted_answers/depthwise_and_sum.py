"""A depthwise convolution, its two results added up."""

from keras import layers, ops

# `channel_pool` is that of the lesson.


def spatial_attention(x, name, kernel_size=7):
    pooled = channel_pool(x, name)
    scores = layers.DepthwiseConv2D(kernel_size, padding="same", use_bias=False, name=name + "_dw")(pooled)
    return x * ops.sigmoid(ops.sum(scores, axis=-1, keepdims=True))
