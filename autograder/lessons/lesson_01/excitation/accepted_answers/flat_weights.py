"""All weights in one long vector."""

import keras
from keras import ops


class Packed(keras.layers.Layer):
    def __init__(self, hidden, **options):
        super().__init__(**options)
        self.hidden = hidden

    def build(self, shape):
        self.channels = shape[-1]
        self.flat = self.add_weight(shape=(2 * self.channels * self.hidden,), name="kernel")

    def call(self, z):
        size = self.channels * self.hidden
        down = ops.reshape(self.flat[:size], (self.channels, self.hidden))
        up = ops.reshape(self.flat[size:], (self.hidden, self.channels))
        return ops.sigmoid(ops.matmul(ops.relu(ops.matmul(z, down)), up))


def excitation(z, channels, reduction, name):
    return Packed(channels // reduction, name=name + "_packed")(z)
