"""Zero padding as a layer."""

from keras import layers


def cbam_residual_block(x, filters, attention, name, strides=1):
    h = layers.Conv2D(filters, 1, use_bias=False, name=name + "_a")(x)
    h = layers.ReLU()(layers.BatchNormalization(name=name + "_na")(h))
    h = layers.ZeroPadding2D(1)(h)
    h = layers.Conv2D(filters, 3, strides, use_bias=False, name=name + "_b")(h)
    h = layers.ReLU()(layers.BatchNormalization(name=name + "_nb")(h))
    h = layers.Conv2D(filters * 4, 1, use_bias=False, name=name + "_c")(h)
    h = attention(layers.BatchNormalization(name=name + "_nc")(h), name + "_gate")
    if strides > 1 or x.shape[-1] != filters * 4:
        x = layers.Conv2D(filters * 4, 1, strides, use_bias=False, name=name + "_d")(x)
        x = layers.BatchNormalization(name=name + "_nd")(x)
    return layers.ReLU()(layers.Add()([h, x]))
