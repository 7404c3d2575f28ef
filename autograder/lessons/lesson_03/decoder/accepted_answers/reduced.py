"""functools.reduce goes through the stages."""

import functools

from keras import layers

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    def step(z, numbered):
        number, width = numbered
        return autoencoder_block(layers.UpSampling2D(2)(z), width, f"{name}{number}")

    z = functools.reduce(step, enumerate(filters[::-1]), z)
    return layers.Conv2D(1, (3, 3), padding="same", activation="sigmoid", name=name + "_pixels")(z)
