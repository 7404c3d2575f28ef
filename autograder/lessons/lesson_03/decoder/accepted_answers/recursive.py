"""One stage, then the decoder of the other stages."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    if not filters:
        return layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name + "_pixels")(z)
    z = layers.UpSampling2D(2, name=name + "_up")(z)
    return decoder(autoencoder_block(z, filters[-1], name), filters[:-1], name + "_next")
