"""Convolutions with biases."""

from keras import layers


def cbam_residual_block(x, filters, attention, name, strides=1):
    h = x
    for part, size, by in (("a", 1, 1), ("b", 3, strides)):
        h = layers.Conv2D(filters, size, by, padding="same", name=f"{name}_{part}")(h)
        h = layers.Activation("relu")(layers.BatchNormalization(name=f"{name}_n{part}")(h))
    h = layers.Conv2D(4 * filters, 1, name=name + "_c")(h)
    h = attention(layers.BatchNormalization(name=name + "_nc")(h), name=name + "_gate")
    if strides > 1 or x.shape[-1] != 4 * filters:
        x = layers.BatchNormalization(name=name + "_way")(
            layers.Conv2D(4 * filters, 1, strides, name=name + "_d")(x)
        )
    return layers.Activation("relu")(layers.add([h, x]))
