"""From single layers, with biases."""

from keras import layers


def se_inception_block(x, widths, attention, name):
    branches = []
    for width, size, source in zip(widths, (1, 3, 1), "xxp", strict=True):
        t = layers.MaxPooling2D(3, 1, "same")(x) if source == "p" else x
        t = layers.Conv2D(width, size, padding="same", name=f"{name}_conv{len(branches)}")(t)
        t = layers.BatchNormalization(name=f"{name}_norm{len(branches)}")(t)
        branches.append(layers.Activation("relu")(t))
    return attention(layers.Concatenate()(branches), name=name + "_se")
