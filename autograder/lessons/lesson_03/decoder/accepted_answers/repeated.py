"""keras.ops repeats rows and columns."""

from keras import layers, ops

# `autoencoder_block` is that of the lesson.


def decoder(z, filters, name):
    for stage, width in enumerate(reversed(filters), 1):
        z = ops.repeat(ops.repeat(z, 2, axis=1), 2, axis=2)
        z = autoencoder_block(z, width, f"{name}{stage}")
    return layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name + "_pixels")(z)
