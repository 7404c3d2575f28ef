"""Dense layers for the 1×1 convolutions, pooling by keras.ops."""

import keras
from keras import layers


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    def down(t):
        return keras.ops.max_pool(t, 3, 2, padding="same")

    def up(t, like):
        return keras.ops.image.resize(t, like.shape[1:-1], interpolation="bilinear")

    channels = x.shape[-1]
    levels = {}
    m = x
    for level in range(poolings):
        m = levels[level] = units(down(m), f"{name}_l{level}", r)
    m = units(m, f"{name}_bottom", r)
    for level in sorted(levels)[-2::-1]:
        skip = units(levels[level], f"{name}_skip{level}", 1)
        m = units(up(m, skip) + skip, f"{name}_back{level}", r)
    m = up(m, x)
    for letter in ("p", "q"):
        m = layers.BatchNormalization(epsilon=1e-5, name=f"{name}_{letter}_norm")(m)
        m = layers.Dense(channels, use_bias=False, name=f"{name}_{letter}")(layers.ReLU()(m))
    return activate(m, f"{name}_out", activation)
