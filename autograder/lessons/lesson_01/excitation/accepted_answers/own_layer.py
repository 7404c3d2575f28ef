"""A layer class of one's own with weights made in build, the wide one first."""

import keras
from keras import ops


class Excite(keras.layers.Layer):
    def __init__(self, hidden, **options):
        super().__init__(**options)
        self.hidden = hidden

    def build(self, shape):
        channels = shape[-1]
        self.up = self.add_weight(shape=(self.hidden, channels), name="w2")
        self.down = self.add_weight(shape=(channels, self.hidden), name="w1")
        self.offset = self.add_weight(shape=(self.hidden,), initializer="zeros", name="b1")

    def call(self, z):
        return ops.sigmoid(ops.relu(z @ self.down + self.offset) @ self.up)


def excitation(z, channels, reduction, name):
    return Excite(channels // reduction, name=name + "_excite")(z)
