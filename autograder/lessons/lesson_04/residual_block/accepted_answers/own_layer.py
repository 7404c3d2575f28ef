"""One layer class of one's own."""

import keras
from keras import layers


class Residual(keras.layers.Layer):
    def __init__(self, filters, strides, **options):
        super().__init__(**options)
        self.filters, self.strides = filters, strides
        self.first = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False)
        self.second = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.norms = [layers.BatchNormalization() for _ in range(3)]
        self.project = layers.Conv2D(filters, 1, strides, use_bias=False)
        self.bare = None

    def build(self, shape):
        self.bare = self.strides == 1 and shape[-1] == self.filters
        halved = (*(None if size is None else -(-size // self.strides) for size in shape[:-1]), self.filters)
        self.first.build(shape)
        self.second.build(halved)
        for norm in self.norms[: 2 if self.bare else 3]:
            norm.build(halved)
        if not self.bare:
            self.project.build(shape)

    def call(self, x, training=False):
        h = keras.ops.relu(self.norms[0](self.first(x), training=training))
        h = self.norms[1](self.second(h), training=training)
        if not self.bare:
            x = self.norms[2](self.project(x), training=training)
        return keras.ops.relu(h + x)


def residual_block(x, filters, name, strides=1):
    return Residual(filters, strides, name=name)(x)
