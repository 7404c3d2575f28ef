"""No biases but at the end."""

from keras import layers


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    hidden = x.shape[-1] // reduction
    t = layers.Conv2D(hidden, 1, use_bias=False, name=name + "_0")(x)
    t = layers.ReLU()(layers.BatchNormalization(name=name + "_n0")(t))
    for i in (1, 2):
        t = layers.Conv2D(
            hidden, 3, padding="same", dilation_rate=dilation, use_bias=False, name=f"{name}_{i}"
        )(t)
        t = layers.ReLU()(layers.BatchNormalization(name=f"{name}_n{i}")(t))
    return layers.Conv2D(1, 1, name=name + "_3")(t)
