"""Zero padding by hand, then a convolution without padding."""

from keras import layers, ops


def cbam_spatial_attention(x, name, kernel_size=7):
    pooled = ops.concatenate([ops.max(x, -1, keepdims=True), ops.mean(x, -1, keepdims=True)], axis=-1)
    pooled = layers.ZeroPadding2D(kernel_size // 2)(pooled)
    scores = layers.Conv2D(1, kernel_size, use_bias=False, name=name + "_conv")(pooled)
    scores = layers.BatchNormalization(gamma_initializer="zeros", name=name + "_norm")(scores)
    return ops.einsum("nhwc,nhwo->nhwc", x, ops.sigmoid(scores))
