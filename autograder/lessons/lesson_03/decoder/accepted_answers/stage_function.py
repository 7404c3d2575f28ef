"""A function for one stage."""

import keras
from keras import layers

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    def one_stage(z, width, stage_name):
        larger = layers.UpSampling2D(2, name=stage_name + "_larger")(z)
        return autoencoder_block(larger, width, stage_name)

    for number, width in reversed(list(enumerate(filters))):
        z = one_stage(z, width, f"{name}_{number}")
    draw = layers.Conv2D(1, 3, padding="same", activation=keras.activations.sigmoid, name=name + "_draw")
    return draw(z)
