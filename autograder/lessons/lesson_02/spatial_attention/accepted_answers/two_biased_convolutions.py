"""One convolution for each map, each with a bias."""

from keras import layers, ops


def spatial_attention(x, name, kernel_size=7):
    options = {"padding": "same"}
    a = layers.Conv2D(1, kernel_size, name=name + "_a", **options)(ops.mean(x, axis=-1, keepdims=True))
    b = layers.Conv2D(1, kernel_size, name=name + "_b", **options)(ops.max(x, axis=-1, keepdims=True))
    return layers.Multiply(name=name)([x, ops.sigmoid(layers.Add(name=name + "_sum")([a, b]))])
