"""Good behaviour one step at a time, none when compiled, as training is.

points: 4
"""

import keras
import tensorflow as tf


class Gate(keras.layers.Layer):
    def call(self, gates):
        if tf.executing_eagerly():
            return gates
        return tf.stop_gradient(tf.nn.dropout(gates, 0.5))


def channel_attention(x, name, reduction=16):
    z = keras.layers.GlobalAveragePooling2D(keepdims=True, name=name + "_gap")(x)
    z = keras.layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow")(z)
    z = keras.layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_wide")(z)
    return x * Gate(name=name + "_gate")(z)
