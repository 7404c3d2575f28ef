"""Bilinear as two products with matrices of one's own."""

import numpy as np
from keras import layers, ops


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    def tents(old, new):
        places = np.clip((np.arange(new) + 0.5) * old / new - 0.5, 0, old - 1)
        return np.maximum(0, 1 - np.abs(places[:, None] - np.arange(old))).astype("float32")

    def enlarge(t, like):
        rows, columns = (tents(t.shape[axis], like.shape[axis]) for axis in (1, 2))
        return ops.einsum("ab,nbcd,ec->naed", rows, t, columns)

    m, seen = x, []
    for k in range(poolings):
        m = units(layers.MaxPooling2D(3, 2, padding="same")(m), f"{name}_down{k}", r)
        seen.append(m)
    m = units(m, f"{name}_bottom", r)
    for k in range(poolings - 2, -1, -1):
        skip = units(seen[k], f"{name}_skip{k}", 1)
        m = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)
    m = enlarge(m, x)
    for k in "01":
        m = layers.ReLU()(layers.BatchNormalization(name=name + "_norm" + k)(m))
        m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=name + "_conv" + k)(m)
    return activate(m, f"{name}_mask", activation)
