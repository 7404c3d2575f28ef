"""The spatial branch first, names by keyword."""

import keras


def bam(x, channel_branch, spatial_branch, name):
    where = spatial_branch(x, name=f"{name}/where".replace("/", "_"))
    what = channel_branch(x, name=f"{name}_what")
    return (keras.ops.sigmoid(where + what) + 1.0) * x
