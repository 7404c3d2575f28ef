"""A depthwise convolution, its two results added up."""

from keras import layers, ops


def cbam_spatial_attention(x, name, kernel_size=7):
    pooled = layers.Concatenate()([ops.mean(x, -1, keepdims=True), ops.max(x, -1, keepdims=True)])
    parts = layers.DepthwiseConv2D(kernel_size, padding="same", use_bias=False, name=name + "_dw")(pooled)
    scores = layers.BatchNormalization(gamma_initializer="zeros", name=name + "_bn")(
        ops.sum(parts, axis=-1, keepdims=True)
    )
    return x * ops.sigmoid(scores)
