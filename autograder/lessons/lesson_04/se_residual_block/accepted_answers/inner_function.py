"""A helper function inside."""

from keras import layers


def se_residual_block(x, filters, attention, name, strides=1):
    def step(t, size, part, by=1):
        t = layers.Conv2D(filters, size, by, padding="same", use_bias=False, name=f"{name}_{part}")(t)
        return layers.BatchNormalization(name=f"{name}_{part}_norm")(t)

    change = step(layers.ReLU()(step(x, 3, "first", strides)), 3, "second")
    if strides > 1 or x.shape[-1] != filters:
        x = step(x, 1, "way", strides)
    return layers.ReLU()(layers.Add()([x, attention(change, name + "_refine")]))
