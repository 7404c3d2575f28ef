"""The course's helper for the first step."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    hidden = x.shape[-1] // reduction
    t = conv_norm(x, hidden, 1, name=name + "_reduce", relu=True)
    for part in ("_first", "_second"):
        t = layers.Conv2D(hidden, 3, padding="same", dilation_rate=dilation, name=name + part)(t)
        t = layers.ReLU()(layers.BatchNormalization(epsilon=1e-5, name=name + part + "_norm")(t))
    return layers.Conv2D(1, 1, use_bias=False, name=name + "_map")(t)
