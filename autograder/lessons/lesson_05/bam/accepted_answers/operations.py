"""keras.ops throughout."""

import keras


def bam(x, channel_branch, spatial_branch, name):
    what, where = channel_branch(x, name + "_what"), spatial_branch(x, name + "_where")
    m = keras.ops.sigmoid(keras.ops.add(what, where))
    return keras.ops.add(x, keras.ops.multiply(x, m))
