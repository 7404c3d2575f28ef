"""A function that puts functions one after the other."""

import functools

# `encoder` and `decoder` are those of the lesson.


def one_after_the_other(*attentions):
    def call(x, name):
        numbered = enumerate(attentions)
        return functools.reduce(lambda y, pair: pair[1](y, f"{name}_{pair[0]}"), numbered, x)

    return call


def attention_autoencoder(x, filters, channel, spatial, name):
    code = encoder(x, filters, one_after_the_other(channel, spatial), name + "_encoder")
    return decoder(code, filters, name + "_decoder")
