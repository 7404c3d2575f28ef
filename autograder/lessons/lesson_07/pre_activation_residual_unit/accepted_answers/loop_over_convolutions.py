"""The three steps in one loop."""

from keras import layers


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters = x.shape[-1] if filters is None else filters
    y, activated = x, None
    for number, (width, size, by) in enumerate(
        ((filters // 4, 1, 1), (filters // 4, 3, strides), (filters, 1, 1))
    ):
        y = layers.BatchNormalization(name=f"{name}_norm_{number}")(y)
        y = layers.Activation("relu", name=f"{name}_relu_{number}")(y)
        if activated is None:
            activated = y
        conv = layers.Conv2D(width, size, strides=by, padding="same", use_bias=False, name=f"{name}_{number}")
        y = conv(y)
    if x.shape[1:] != y.shape[1:]:
        x = layers.Conv2D(filters, 1, strides=strides, use_bias=False, name=f"{name}_p")(activated)
    return x + y
