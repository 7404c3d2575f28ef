"""Convolutions with biases."""

from keras import layers


def residual_block(x, filters, name, strides=1):
    h = layers.Conv2D(filters, 3, strides, padding="same", name=name + "_a")(x)
    h = layers.Activation("relu")(layers.BatchNormalization(name=name + "_na")(h))
    h = layers.Conv2D(filters, 3, padding="same", name=name + "_b")(h)
    h = layers.BatchNormalization(name=name + "_nb")(h)
    if strides > 1 or x.shape[-1] != filters:
        x = layers.BatchNormalization(name=name + "_way")(
            layers.Conv2D(filters, 1, strides, name=name + "_c")(x)
        )
    return layers.Activation("relu")(layers.Add()([x, h]))
