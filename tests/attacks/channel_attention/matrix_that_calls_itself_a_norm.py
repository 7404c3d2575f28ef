"""A third learned matrix in a layer that says it normalises.

points: 2
"""

import keras


class Extra(keras.layers.Layer):
    moving_variance = None

    def build(self, shape):
        self.kernel = self.add_weight(name="kernel", shape=(shape[-1], shape[-1]), initializer="identity")

    def call(self, z):
        return z @ self.kernel


def channel_attention(x, name, reduction=16):
    z = keras.layers.GlobalAveragePooling2D(name=name + "_gap")(x)
    z = Extra(name=name + "_extra")(z)
    z = keras.layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow")(z)
    z = keras.layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_wide")(z)
    return x * z[:, None, None]
