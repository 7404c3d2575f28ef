"""The branch as a layer class of one's own."""

import keras
from keras import layers


class Branch(keras.layers.Layer):
    def __init__(self, filters, strides, **options):
        super().__init__(**options)
        self.filters, self.strides = filters, strides
        self.first = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False)
        self.second = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.norm_first, self.norm_second = layers.BatchNormalization(), layers.BatchNormalization()

    def build(self, shape):
        self.first.build(shape)
        inner = self.first.compute_output_shape(shape)
        self.norm_first.build(inner)
        self.second.build(inner)
        self.norm_second.build(inner)

    def call(self, x, training=False):
        h = keras.ops.relu(self.norm_first(self.first(x), training=training))
        return self.norm_second(self.second(h), training=training)


def se_residual_block(x, filters, attention, name, strides=1):
    y = attention(Branch(filters, strides, name=name + "_branch")(x), name + "_se")
    if strides > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_way")(x)
        x = layers.BatchNormalization(name=name + "_way_norm")(x)
    return layers.ReLU()(layers.Add()([y, x]))
