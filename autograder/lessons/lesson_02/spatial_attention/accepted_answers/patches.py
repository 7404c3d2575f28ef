"""Patches cut out and weighed by one long vector."""

import keras
from keras import ops


class Weigh(keras.layers.Layer):
    def __init__(self, size, **options):
        super().__init__(**options)
        self.size = size

    def build(self, shape):
        self.w = self.add_weight(shape=(self.size * self.size * 2, 1), name="w")

    def call(self, pooled):
        patches = ops.image.extract_patches(pooled, (self.size, self.size), strides=1, padding="same")
        return ops.matmul(patches, self.w)


def spatial_attention(x, name, kernel_size=7):
    pooled = ops.stack([ops.mean(x, axis=-1), ops.max(x, axis=-1)], axis=-1)
    return x * ops.sigmoid(Weigh(kernel_size, name=name + "_weigh")(pooled))
