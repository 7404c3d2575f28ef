"""A loop over indices, the pool written out."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def encoder(x, filters, attention, name):
    for i in range(len(filters)):
        features = autoencoder_block(x, filters[i], f"{name}_stage_{i}")
        refined = attention(features, f"{name}_stage_{i}_look")
        x = layers.MaxPool2D(pool_size=(2, 2), strides=(2, 2), padding="valid")(refined)
    return x
