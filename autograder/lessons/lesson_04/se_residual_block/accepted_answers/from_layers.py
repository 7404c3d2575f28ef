"""From single layers, with the branch first."""

from keras import layers


def se_residual_block(x, filters, attention, name, strides=1):
    h = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_a")(x)
    h = layers.ReLU()(layers.BatchNormalization(name=name + "_na")(h))
    h = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_b")(h)
    h = attention(layers.BatchNormalization(name=name + "_nb")(h), name + "_gate")
    if strides > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_c")(x)
        x = layers.BatchNormalization(name=name + "_nc")(x)
    return layers.ReLU()(layers.Add()([x, h]))
