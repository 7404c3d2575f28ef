"""One normalisation, at the end, as the paper's formula has it."""

from keras import layers


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    hidden = x.shape[-1] // reduction
    options = {"padding": "same", "activation": "relu"}
    h = layers.Conv2D(hidden, 1, activation="relu", name=name + "_f0")(x)
    h = layers.Conv2D(hidden, 3, dilation_rate=dilation, **options, name=name + "_f1")(h)
    h = layers.Conv2D(hidden, 3, dilation_rate=dilation, **options, name=name + "_f2")(h)
    h = layers.Conv2D(1, 1, name=name + "_f3")(h)
    return layers.BatchNormalization(name=name + "_norm")(h)
