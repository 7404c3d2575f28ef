"""A Lambda layer with TensorFlow repeats the values."""

import tensorflow as tf
from keras import layers

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    for stage, width in enumerate(reversed(filters), 1):
        z = layers.Lambda(lambda t: tf.repeat(tf.repeat(t, 2, axis=1), 2, axis=2), name=f"{name}{stage}_up")(
            z
        )
        z = autoencoder_block(z, width, f"{name}{stage}")
    return layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name + "_pixels")(z)
