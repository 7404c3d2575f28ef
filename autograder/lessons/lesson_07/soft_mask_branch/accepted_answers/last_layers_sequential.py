"""The last layers as a Sequential model, skips made on the way down."""

import keras
from keras import layers


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    m, skips = x, []
    for k in range(1, poolings + 1):
        m = units(layers.MaxPooling2D(3, 2, padding="same")(m), f"{name}_down{k}", r)
        skips.append(units(m, f"{name}_skip{k}", 1) if k < poolings else None)
    m = units(m, f"{name}_low", r)
    for k in range(poolings - 1, 0, -1):
        m = keras.ops.image.resize(m, skips[k - 1].shape[1:3], interpolation="bilinear")
        m = units(m + skips[k - 1], f"{name}_up{k}", r)
    m = keras.ops.image.resize(m, x.shape[1:3], interpolation="bilinear")
    last = keras.Sequential(name=name + "_last")
    for _ in range(2):
        last.add(layers.BatchNormalization())
        last.add(layers.ReLU())
        last.add(layers.Conv2D(x.shape[-1], 1, use_bias=False))
    return activate(last(m), f"{name}_mask", activation)
