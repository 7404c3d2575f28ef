"""On vectors, with the two axes put back at the end."""

from keras import layers


def bam_channel_branch(x, name, reduction=16):
    channels = x.shape[-1]
    z = layers.GlobalAvgPool2D()(x)
    z = layers.Dense(channels // reduction, name=name + "_fc1")(z)
    z = layers.BatchNormalization(axis=-1, name=name + "_bn")(z)
    z = layers.Dense(channels, name=name + "_fc2")(layers.ReLU()(z))
    return layers.Reshape((1, 1, channels))(z)
