"""Without biases: the normalisation has an offset of its own."""

from keras import layers


def bam_channel_branch(x, name, reduction=16):
    channels = x.shape[-1]
    z = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_gap")(x)
    z = layers.Dense(channels // reduction, use_bias=False, name=name + "_a")(z)
    z = layers.ReLU()(layers.BatchNormalization(name=name + "_n")(z))
    return layers.Dense(channels, use_bias=False, name=name + "_b")(z)
