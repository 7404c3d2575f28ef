"""1×1 convolutions on the map of means."""

from keras import layers


def bam_channel_branch(x, name, reduction=16):
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    z = layers.Conv2D(x.shape[-1] // reduction, 1, name=name + "_down")(z)
    z = layers.Activation("relu")(layers.BatchNormalization(name=name + "_norm")(z))
    return layers.Conv2D(x.shape[-1], 1, name=name + "_up")(z)
