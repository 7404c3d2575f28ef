"""Dense layers for the 1×1 convolutions."""

from keras import layers


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    hidden = x.shape[-1] // reduction
    t = layers.Dense(hidden, name=name + "_in")(x)
    t = layers.ReLU()(layers.BatchNormalization(name=name + "_in_norm")(t))
    for i in range(2):
        t = layers.Conv2D(hidden, 3, 1, "same", dilation_rate=dilation, name=f"{name}_conv{i}")(t)
        t = layers.ReLU()(layers.BatchNormalization(name=f"{name}_norm{i}")(t))
    return layers.Dense(1, name=name + "_out")(t)
