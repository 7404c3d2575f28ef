"""keras.ops for mean and ReLU."""

import keras
from keras import layers


def bam_channel_branch(x, name, reduction=16):
    c = x.shape[-1]
    z = keras.ops.mean(x, axis=(1, 2), keepdims=True)
    z = layers.BatchNormalization(name=f"{name}_bn")(layers.Dense(c // reduction, name=f"{name}_1")(z))
    return layers.Dense(c, name=f"{name}_2")(keras.ops.relu(z))
