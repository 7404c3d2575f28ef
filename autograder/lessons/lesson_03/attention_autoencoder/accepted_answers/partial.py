"""functools.partial fixes the two attentions."""

import functools

# `encoder` and `decoder` are those of the lesson.


def refine(channel, spatial, x, name):
    return spatial(channel(x, name + "_first"), name + "_second")


def attention_autoencoder(x, filters, channel, spatial, name):
    attention = functools.partial(refine, channel, spatial)
    code = encoder(x, filters, attention, name + "_encoder")
    return decoder(code, filters, name + "_decoder")
