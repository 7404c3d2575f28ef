"""A projection without normalisation, made before the branch."""

from keras import layers


def residual_block(x, filters, name, strides=1):
    shortcut = x
    if strides > 1 or x.shape[-1] != filters:
        project = layers.Conv2D(filters, (1, 1), strides, padding="same", use_bias=False, name=name + "_p")
        shortcut = project(x)
    h = layers.Conv2D(filters, (3, 3), strides, padding="same", use_bias=False, name=name + "_a")(x)
    h = layers.BatchNormalization(name=name + "_na")(h)
    h = layers.ReLU()(h)
    h = layers.Conv2D(filters, (3, 3), padding="same", use_bias=False, name=name + "_b")(h)
    h = layers.BatchNormalization(name=name + "_nb")(h)
    return layers.ReLU()(layers.Add()([shortcut, h]))
