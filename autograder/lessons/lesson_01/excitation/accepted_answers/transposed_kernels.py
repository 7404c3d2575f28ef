"""Kernels stored as (out, in) and applied with einsum; biases of shape (1, n)."""

from keras import layers, ops


def excitation(z, channels, reduction, name):
    class Linear(layers.Layer):
        def __init__(self, units, **options):
            super().__init__(**options)
            self.units = units

        def build(self, shape):
            self.w = self.add_weight(shape=(self.units, shape[-1]), name="w")
            self.b = self.add_weight(shape=(1, self.units), name="b")

        def call(self, a):
            return ops.einsum("nc,hc->nh", a, self.w) + self.b

    hidden = ops.relu(Linear(channels // reduction, name=name + "_w1")(z))
    return ops.sigmoid(Linear(channels, name=name + "_w2")(hidden))
