"""One stage, then the encoder of the other stages."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def encoder(x, filters, attention, name):
    if not filters:
        return x
    first, *others = filters
    x = attention(autoencoder_block(x, first, name + "b"), name + "a")
    return encoder(layers.MaxPooling2D(2, name=name + "p")(x), others, attention, name + "n")
