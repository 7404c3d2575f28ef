"""The normalisation at the end, as the paper's formula has it."""

from keras import layers


def bam_channel_branch(x, name, reduction=16):
    channels = x.shape[-1]
    z = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_gap")(x)
    z = layers.Dense(channels // reduction, activation="relu", name=name + "_w0")(z)
    z = layers.Dense(channels, name=name + "_w1")(z)
    return layers.BatchNormalization(name=name + "_bn")(z)
