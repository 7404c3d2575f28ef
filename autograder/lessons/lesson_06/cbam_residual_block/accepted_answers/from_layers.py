"""From single layers."""

from keras import layers


def cbam_residual_block(x, filters, attention, name, strides=1):
    h = layers.Conv2D(filters, 1, use_bias=False, name=name + "_a")(x)
    h = layers.ReLU()(layers.BatchNormalization(name=name + "_na")(h))
    h = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_b")(h)
    h = layers.ReLU()(layers.BatchNormalization(name=name + "_nb")(h))
    h = layers.Conv2D(4 * filters, 1, use_bias=False, name=name + "_c")(h)
    h = attention(layers.BatchNormalization(name=name + "_nc")(h), name + "_attend")
    if strides > 1 or x.shape[-1] != 4 * filters:
        x = layers.Conv2D(4 * filters, 1, strides, use_bias=False, name=name + "_d")(x)
        x = layers.BatchNormalization(name=name + "_nd")(x)
    return layers.ReLU()(layers.Add()([x, h]))
