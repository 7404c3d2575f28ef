"""One convolution for each map, added, the maximum first."""

from keras import layers, ops


def spatial_attention(x, name, kernel_size=7):
    largest = ops.max(x, axis=-1, keepdims=True)
    mean = ops.mean(x, axis=-1, keepdims=True)
    a = layers.Conv2D(1, kernel_size, padding="same", use_bias=False, name=name + "_max")(largest)
    b = layers.Conv2D(1, kernel_size, padding="same", name=name + "_mean")(mean)
    return x * ops.sigmoid(a + b)
