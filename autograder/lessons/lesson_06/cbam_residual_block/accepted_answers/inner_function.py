"""A helper function inside."""

from keras import layers


def cbam_residual_block(x, filters, attention, name, strides=1):
    def step(t, width, size, part, by=1):
        t = layers.Conv2D(width, size, by, padding="same", use_bias=False, name=f"{name}_{part}")(t)
        return layers.BatchNormalization(name=f"{name}_{part}_norm")(t)

    change = layers.ReLU()(step(x, filters, 1, "squeeze"))
    change = layers.ReLU()(step(change, filters, 3, "look", strides))
    change = attention(step(change, 4 * filters, 1, "open"), f"{name}_refine")
    if strides > 1 or x.shape[-1] != 4 * filters:
        x = step(x, 4 * filters, 1, "way", strides)
    return layers.ReLU()(layers.Add()([x, change]))
