"""keras.ops for the ReLU, a plus sign for the sum."""

import keras
from keras import layers


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    width = filters if filters else x.shape[-1]

    def ready(t, step):
        return keras.ops.relu(layers.BatchNormalization(epsilon=1e-5, name=f"{name}_{step}_bn")(t))

    a = ready(x, "a")
    b = ready(layers.Conv2D(width // 4, (1, 1), use_bias=False, name=f"{name}_a")(a), "b")
    b = layers.Conv2D(width // 4, (3, 3), (strides, strides), "same", use_bias=False, name=f"{name}_b")(b)
    c = layers.Conv2D(width, (1, 1), use_bias=False, name=f"{name}_c")(ready(b, "c"))
    changed = strides > 1 or width != x.shape[-1]
    way = (
        layers.Conv2D(width, (1, 1), (strides, strides), use_bias=False, name=f"{name}_d")(a)
        if changed
        else x
    )
    return c + way
