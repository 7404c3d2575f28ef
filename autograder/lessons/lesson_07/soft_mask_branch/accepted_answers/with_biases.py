"""Convolutions with biases, keywords everywhere."""

import keras
from keras import layers


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    m, kept = x, []
    for k in range(poolings):
        m = layers.MaxPool2D(pool_size=3, strides=2, padding="same", name=f"{name}_pool{k}")(m)
        kept.append(m := units(m, name=f"{name}_down{k}", t=r))
    m = units(m, name=f"{name}_bottom", t=r)
    for k in range(poolings - 2, -1, -1):
        skip = units(kept[k], name=f"{name}_skip{k}", t=1)
        m = keras.ops.image.resize(m, size=skip.shape[1:3], interpolation="bilinear")
        m = units(layers.Add(name=f"{name}_plus{k}")([skip, m]), name=f"{name}_up{k}", t=r)
    m = keras.ops.image.resize(m, size=x.shape[1:3], interpolation="bilinear")
    for k in range(2):
        m = layers.BatchNormalization(name=f"{name}_norm{k}")(m)
        m = layers.Conv2D(filters=x.shape[-1], kernel_size=1, activation=None, name=f"{name}_conv{k}")(
            layers.ReLU()(m)
        )
    return activate(m, name=f"{name}_mask", activation=activation)
