"""Both scores brought to full size first."""

import keras
from keras import layers


def bam(x, channel_branch, spatial_branch, name):
    what = keras.ops.zeros_like(x) + channel_branch(x, name + "_what")
    where = keras.ops.repeat(spatial_branch(x, name + "_where"), x.shape[-1], axis=-1)
    return layers.Multiply()([x, 1 + layers.Activation("sigmoid")(layers.Add()([what, where]))])
