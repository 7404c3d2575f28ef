"""A layer class of one's own."""

import keras
from keras import layers


class What(keras.layers.Layer):
    def __init__(self, reduction, **options):
        super().__init__(**options)
        self.reduction = reduction
        self.norm = layers.BatchNormalization()

    def build(self, shape):
        c = shape[-1]
        self.w0 = self.add_weight(shape=(c, c // self.reduction), name="w0")
        self.w1 = self.add_weight(shape=(c // self.reduction, c), name="w1")
        self.b1 = self.add_weight(shape=(c,), initializer="zeros", name="b1")
        self.norm.build((None, 1, 1, c // self.reduction))

    def call(self, x, training=False):
        z = keras.ops.mean(x, axis=(1, 2), keepdims=True)
        h = keras.ops.relu(self.norm(keras.ops.matmul(z, self.w0), training=training))
        return keras.ops.matmul(h, self.w1) + self.b1


def bam_channel_branch(x, name, reduction=16):
    return What(reduction, name=name + "_what")(x)
