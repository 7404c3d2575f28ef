"""Encoder and decoder written out once more."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def attention_autoencoder(x, filters, channel, spatial, name):
    for i, width in enumerate(filters):
        x = autoencoder_block(x, width, f"{name}_down{i}")
        x = channel(x, f"{name}_down{i}_channel")
        x = spatial(x, f"{name}_down{i}_spatial")
        x = layers.MaxPooling2D(2)(x)
    for i, width in enumerate(filters[::-1]):
        x = layers.UpSampling2D(2)(x)
        x = autoencoder_block(x, width, f"{name}_up{i}")
    return layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=f"{name}_pixels")(x)
