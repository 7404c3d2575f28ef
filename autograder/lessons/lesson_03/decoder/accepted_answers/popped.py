"""A copy of the list, emptied from its end."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    left = list(filters)
    while left:
        width = left.pop()
        z = layers.UpSampling2D(2, name=f"{name}{len(left)}_up")(z)
        z = autoencoder_block(z, width, f"{name}{len(left)}")
    return layers.Conv2D(1, 3, padding="same", activation="sigmoid", use_bias=False, name=name + "_out")(z)
