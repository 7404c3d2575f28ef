"""The joining as a layer class of one's own."""

import keras


class Join(keras.layers.Layer):
    def call(self, x, what, where):
        return x + x * keras.ops.sigmoid(what + where)


def bam(x, channel_branch, spatial_branch, name):
    return Join(name=name + "_join")(x, channel_branch(x, name + "_c"), spatial_branch(x, name + "_s"))
