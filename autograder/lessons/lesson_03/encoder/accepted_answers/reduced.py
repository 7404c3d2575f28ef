"""functools.reduce goes through the stages."""

import functools

from keras import layers

# `autoencoder_block` is that of the lesson.


def encoder(x, filters, attention, name):
    def step(x, numbered):
        number, width = numbered
        refined = attention(autoencoder_block(x, width, f"{name}{number}"), f"{name}{number}_att")
        return layers.MaxPooling2D(2)(refined)

    return functools.reduce(step, enumerate(filters), x)
