"""A helper function inside."""

from keras import layers


def residual_block(x, filters, name, strides=1):
    def convolved(t, size, part, by=1):
        t = layers.Conv2D(filters, size, by, padding="same", use_bias=False, name=f"{name}_{part}")(t)
        return layers.BatchNormalization(name=f"{name}_{part}_norm")(t)

    y = convolved(layers.ReLU()(convolved(x, 3, "first", strides)), 3, "second")
    changes = (strides > 1) or (x.shape[-1] != filters)
    return layers.ReLU()(layers.Add()([convolved(x, 1, "way", strides) if changes else x, y]))
