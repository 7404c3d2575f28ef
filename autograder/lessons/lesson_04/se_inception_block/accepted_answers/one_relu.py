"""One normalisation and one ReLU behind the join: the same numbers."""

from keras import layers


def se_inception_block(x, widths, attention, name):
    point = layers.Conv2D(widths[0], 1, use_bias=False, name=name + "_a")(x)
    square = layers.Conv2D(widths[1], 3, padding="same", use_bias=False, name=name + "_b")(x)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    pooled = layers.Conv2D(widths[2], 1, use_bias=False, name=name + "_c")(pooled)
    joined = layers.Concatenate(name=name + "_join")([point, square, pooled])
    joined = layers.ReLU()(layers.BatchNormalization(name=name + "_norm")(joined))
    return attention(joined, name + "_se")
