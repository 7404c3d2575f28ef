"""A transposed convolution of stride 1 at the end: the same sum over 3 × 3 neighbours."""

from keras import layers


def decoder(z, filters, name):
    for stage, width in enumerate(filters[::-1]):
        z = autoencoder_block(layers.UpSampling2D(2)(z), width, f"{name}{stage}")
    return layers.Conv2DTranspose(1, 3, padding="same", activation="sigmoid", name=name + "_pixels")(z)
