"""The widths unpacked, the branches in a list."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_inception_block(x, widths, attention, name):
    a, b, c = widths
    branches = [conv_norm(x, a, 1, name=f"{name}_a", relu=True)]
    branches.append(conv_norm(x, b, 3, name=f"{name}_b", relu=True))
    top = layers.MaxPool2D((3, 3), (1, 1), padding="same")(x)
    branches.append(conv_norm(top, c, 1, name=f"{name}_c", relu=True))
    return attention(layers.concatenate(branches, axis=3), f"{name}_se")
