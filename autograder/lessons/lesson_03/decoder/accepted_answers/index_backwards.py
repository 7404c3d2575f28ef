"""A loop over indices, from the last to the first."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    for i in range(len(filters) - 1, -1, -1):
        z = layers.UpSampling2D((2, 2), interpolation="nearest")(z)
        z = autoencoder_block(z, filters[i], f"{name}_{i}")
    return layers.Conv2D(filters=1, kernel_size=(3, 3), padding="same", activation="sigmoid", name=name)(z)
