"""Zero padding as a layer."""

from keras import layers


def se_residual_block(x, filters, attention, name, strides=1):
    h = layers.Conv2D(filters, 3, strides, use_bias=False, name=name + "_a")(layers.ZeroPadding2D(1)(x))
    h = layers.ReLU()(layers.BatchNormalization(name=name + "_na")(h))
    h = layers.Conv2D(filters, 3, use_bias=False, name=name + "_b")(layers.ZeroPadding2D(1)(h))
    h = attention(layers.BatchNormalization(name=name + "_nb")(h), name + "_se")
    if strides > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_c")(x)
        x = layers.BatchNormalization(name=name + "_nc")(x)
    return layers.ReLU()(layers.Add()([h, x]))
