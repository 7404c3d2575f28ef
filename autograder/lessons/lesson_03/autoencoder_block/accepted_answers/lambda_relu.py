"""A Lambda layer with TensorFlow's ReLU."""

import tensorflow as tf
from keras import layers


def autoencoder_block(x, filters, name):
    x = layers.Conv2D(filters, 3, padding="same", name=name + "_conv")(x)
    x = layers.BatchNormalization(name=name + "_bn")(x)
    return layers.Lambda(lambda t: tf.nn.relu(t), name=name + "_relu")(x)
