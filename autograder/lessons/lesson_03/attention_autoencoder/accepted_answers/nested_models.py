"""Encoder and decoder as models of their own."""

import keras

# `encoder` and `decoder` are those of the lesson.


def attention_autoencoder(x, filters, channel, spatial, name):
    def both(t, n):
        return spatial(channel(t, n + "_channel"), n + "_spatial")

    images = keras.Input(x.shape[1:])
    encode = keras.Model(images, encoder(images, filters, both, name + "_e"), name=name + "_encoder")
    codes = keras.Input(encode.output_shape[1:])
    decode = keras.Model(codes, decoder(codes, filters, name + "_d"), name=name + "_decoder")
    return decode(encode(x))
