"""1 + M by a Rescaling layer."""

from keras import layers


def bam(x, channel_branch, spatial_branch, name):
    score = channel_branch(x, name + "_channel") + spatial_branch(x, name + "_spatial")
    m = layers.Activation("sigmoid", name=name + "_m")(score)
    return x * layers.Rescaling(1.0, offset=1.0, name=name + "_one")(m)
