"""The mean comes first, and the convolution has a bias."""

from keras import layers, ops


def cbam_spatial_attention(x, name, kernel_size=7):
    pooled = ops.stack([ops.mean(x, -1), ops.max(x, -1)], axis=-1)
    scores = layers.Conv2D(1, kernel_size, padding="same", name=name + "_conv")(pooled)
    scores = layers.BatchNormalization(gamma_initializer="zeros", name=name + "_bn")(scores)
    return layers.Multiply(name=name + "_out")([layers.Activation("sigmoid")(scores), x])
