"""keras.ops throughout, other settings of the normalisation."""

from keras import layers, ops


def cbam_spatial_attention(x, name, kernel_size=7):
    pooled = ops.concatenate([ops.max(x, -1, keepdims=True), ops.mean(x, -1, keepdims=True)], axis=-1)
    scores = layers.Conv2D(1, kernel_size, padding="same", use_bias=False, name=name + "_conv")(pooled)
    return x * ops.sigmoid(
        layers.BatchNormalization(gamma_initializer="zeros", epsilon=1e-5, name=name + "_bn")(scores)
    )
