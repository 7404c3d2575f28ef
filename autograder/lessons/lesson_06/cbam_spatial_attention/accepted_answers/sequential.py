"""A Sequential model makes the map, which is repeated for every channel."""

import keras
from keras import layers, ops


def cbam_spatial_attention(x, name, kernel_size=7):
    gate = keras.Sequential(name=name + "_gate")
    gate.add(layers.Conv2D(1, (kernel_size, kernel_size), padding="same", use_bias=False))
    gate.add(layers.BatchNormalization(gamma_initializer="zeros"))
    gate.add(layers.Activation("sigmoid"))
    pooled = layers.Concatenate(axis=3)([ops.max(x, 3, keepdims=True), ops.mean(x, 3, keepdims=True)])
    return ops.multiply(x, ops.repeat(gate(pooled), x.shape[-1], axis=-1))
