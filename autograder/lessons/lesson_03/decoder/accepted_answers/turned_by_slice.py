"""`filters[::-1]` and a counter."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    for number, width in enumerate(filters[::-1]):
        z = layers.UpSampling2D(name=name + "_up" + str(number))(z)
        z = autoencoder_block(z, width, name + "_block" + str(number))
    z = layers.Conv2D(1, 3, padding="same", name=name + "_last")(z)
    return layers.Activation("sigmoid", name=name + "_sigmoid")(z)
