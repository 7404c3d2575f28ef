"""TensorFlow functions in a layer class that holds Dense layers, made in reverse."""

import keras
import tensorflow as tf
from keras import layers


def excitation(z, channels, reduction, name):
    class MLP(keras.layers.Layer):
        def __init__(self, **options):
            super().__init__(**options)
            self.second = layers.Dense(channels)
            self.first = layers.Dense(channels // reduction)

        def call(self, inputs):
            return tf.nn.sigmoid(self.second(tf.nn.relu(self.first(inputs))))

    return MLP(name=name + "_mlp")(z)
