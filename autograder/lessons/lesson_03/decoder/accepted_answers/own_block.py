"""The block written out once more."""

from keras import layers


def decoder(z, filters, name):
    for stage, width in enumerate(reversed(filters), 1):
        z = layers.UpSampling2D(2, name=f"{name}{stage}_up")(z)
        z = layers.Conv2D(width, 3, padding="same", use_bias=False, name=f"{name}{stage}_conv")(z)
        z = layers.BatchNormalization(name=f"{name}{stage}_bn")(z)
        z = layers.ReLU(name=f"{name}{stage}_relu")(z)
    return layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name + "_pixels")(z)
