"""The channel axis comes back by expand_dims; the sigmoid by hand."""

from keras import layers, ops


def cbam_spatial_attention(x, name, kernel_size=7):
    maps = [ops.expand_dims(pool(x, axis=-1), -1) for pool in (ops.max, ops.mean)]
    scores = layers.Conv2D(1, kernel_size, padding="same", use_bias=False, name=name + "_f")(
        layers.concatenate(maps)
    )
    scores = layers.BatchNormalization(gamma_initializer="zeros", axis=-1, name=name + "_n")(scores)
    return x * (1 / (1 + ops.exp(-scores)))
