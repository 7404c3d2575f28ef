"""An average pooling as large as the map."""

from keras import layers


def bam_channel_branch(x, name, reduction=16):
    _, height, width, channels = x.shape
    z = layers.AveragePooling2D((height, width), name=name + "_pool")(x)
    z = layers.Dense(channels // reduction, name=name + "_d1")(z)
    z = layers.BatchNormalization(name=name + "_bn")(z)
    z = layers.LeakyReLU(negative_slope=0)(z)
    return layers.Dense(channels, name=name + "_d2")(z)
