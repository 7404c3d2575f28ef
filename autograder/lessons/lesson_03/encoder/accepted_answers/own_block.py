"""The block written out once more."""

from keras import layers


def encoder(x, filters, attention, name):
    for stage, width in enumerate(filters, 1):
        x = layers.Conv2D(width, 3, padding="same", name=f"{name}{stage}_conv")(x)
        x = layers.BatchNormalization(name=f"{name}{stage}_bn")(x)
        x = layers.ReLU(name=f"{name}{stage}_relu")(x)
        x = attention(x, f"{name}{stage}_attention")
        x = layers.MaxPooling2D(2, name=f"{name}{stage}_pool")(x)
    return x
