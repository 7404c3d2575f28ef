"""The mean, and a number learned for each channel that is 1 at first.

points: 1
"""

import keras


class Offset(keras.layers.Layer):
    def build(self, shape):
        self.bias = self.add_weight(name="bias", shape=(shape[-1],), initializer="ones")

    def call(self, x):
        return keras.ops.mean(x, (1, 2)) + self.bias


def squeeze(x, name):
    return Offset(name=name + "_offset")(x)
