"""Batch normalisation after the convolution, as in the authors' code."""

from keras import layers, ops


def spatial_attention(x, name, kernel_size=7):
    pooled = ops.concatenate([ops.max(x, -1, keepdims=True), ops.mean(x, -1, keepdims=True)], axis=-1)
    scores = layers.Conv2D(1, kernel_size, padding="same", use_bias=False, name=name + "_conv")(pooled)
    scores = layers.BatchNormalization(momentum=0.99, epsilon=1e-5, name=name + "_bn")(scores)
    return layers.multiply([x, ops.sigmoid(scores)])
