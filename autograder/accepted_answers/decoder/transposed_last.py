"""The last step is a transposed convolution with stride 1."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    for stage, width in enumerate(reversed(filters), 1):
        z = layers.UpSampling2D(2, name=f"{name}{stage}_up")(z)
        z = autoencoder_block(z, width, f"{name}{stage}")
    return layers.Conv2DTranspose(1, 3, padding="same", activation="sigmoid", name=name + "_pixels")(z)
