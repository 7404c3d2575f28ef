"""A helper for convolution, normalisation and ReLU."""

from keras import layers


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    def step(t, size, rate, part):
        t = layers.Conv2D(
            x.shape[-1] // reduction, size, padding="same", dilation_rate=rate, name=f"{name}_{part}"
        )(t)
        return layers.ReLU()(layers.BatchNormalization(name=f"{name}_{part}_norm")(t))

    t = step(x, 1, 1, "point")
    for part in "ab":
        t = step(t, 3, dilation, part)
    return layers.Conv2D(1, 1, name=name + "_map")(t)
