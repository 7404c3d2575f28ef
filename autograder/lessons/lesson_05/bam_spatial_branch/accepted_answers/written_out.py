"""Every layer written out."""

from keras import layers


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    h = x.shape[-1] // reduction
    m = layers.Conv2D(h, 1, name=name + "_c0")(x)
    m = layers.Activation("relu")(layers.BatchNormalization(name=name + "_n0")(m))
    m = layers.Conv2D(h, (3, 3), padding="same", dilation_rate=(dilation, dilation), name=name + "_c1")(m)
    m = layers.Activation("relu")(layers.BatchNormalization(name=name + "_n1")(m))
    m = layers.Conv2D(h, (3, 3), padding="same", dilation_rate=(dilation, dilation), name=name + "_c2")(m)
    m = layers.Activation("relu")(layers.BatchNormalization(name=name + "_n2")(m))
    return layers.Conv2D(1, (1, 1), name=name + "_c3")(m)
