"""keras.ops resizes to the nearest value."""

from keras import layers, ops

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    for stage, width in enumerate(reversed(filters), 1):
        z = ops.image.resize(z, (2 * z.shape[1], 2 * z.shape[2]), interpolation="nearest")
        z = autoencoder_block(z, width, f"{name}{stage}")
    return ops.sigmoid(layers.Conv2D(1, 3, padding="same", name=name + "_pixels")(z))
