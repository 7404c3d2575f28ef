"""The branches in a dictionary."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_inception_block(x, widths, attention, name):
    sources = {"one": x, "three": x, "pooled": layers.MaxPooling2D(3, strides=1, padding="same")(x)}
    sizes = {"one": 1, "three": 3, "pooled": 1}
    branches = {
        part: conv_norm(source, width, sizes[part], name=f"{name}_{part}", relu=True)
        for (part, source), width in zip(sources.items(), widths, strict=True)
    }
    return attention(layers.Concatenate()(list(branches.values())), f"{name}_gates")
