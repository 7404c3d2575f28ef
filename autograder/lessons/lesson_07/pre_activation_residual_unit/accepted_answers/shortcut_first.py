"""The shortcut first; the strides taken by a slice and by a pooling of one pixel."""

from keras import layers


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters = filters or int(x.shape[-1])
    active = layers.BatchNormalization(momentum=0.95, name=name + "_first")(x)
    active = layers.ReLU(name=name + "_first_relu")(active)
    if strides == 1 and filters == x.shape[-1]:
        identity = x
    else:
        thin = layers.MaxPooling2D(1, strides)(active)  # every strides-th position
        identity = layers.Conv2D(filters, 1, use_bias=False, name=name + "_identity")(thin)
    y = active
    for part, width, size, step in (("in", filters // 4, 1, 1), ("mid", filters // 4, 3, strides)):
        y = layers.Conv2D(width, size, step, padding="same", use_bias=False, name=f"{name}_{part}")(y)
        y = layers.ReLU()(layers.BatchNormalization(name=f"{name}_{part}_norm")(y))
    return identity + layers.Conv2D(filters, 1, use_bias=False, name=name + "_out")(y)
