"""Zero padding by hand, then a convolution without padding."""

from keras import layers, ops

# `channel_pool` is that of the lesson.


def spatial_attention(x, name, kernel_size=7):
    pooled = layers.ZeroPadding2D(kernel_size // 2, name=name + "_pad")(channel_pool(x, name))
    mask = layers.Conv2D(1, kernel_size, activation="sigmoid", name=name + "_conv")(pooled)
    return ops.einsum("nhwc,nhwo->nhwc", x, mask)
