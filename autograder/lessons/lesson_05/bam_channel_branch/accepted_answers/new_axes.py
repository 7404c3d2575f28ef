"""On vectors, with new axes by indexing."""

import keras
from keras import layers


def bam_channel_branch(x, name, reduction=16):
    z = keras.ops.mean(keras.ops.mean(x, axis=2), axis=1)
    z = layers.Dense(x.shape[3] // reduction, name=name + "_narrow")(z)
    z = layers.BatchNormalization(name=name + "_narrow_norm")(z)
    z = layers.Dense(x.shape[3], name=name + "_wide")(layers.Activation("relu")(z))
    return z[:, None, None, :]
