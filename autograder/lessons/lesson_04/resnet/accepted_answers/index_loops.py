"""Loops over indices, strides by position."""

from keras import layers


def resnet(x, widths, units, block, classes, name):
    for i in range(len(widths)):
        for j in range(units[i]):
            if i > 0 and j == 0:
                x = block(x, widths[i], name + f"_{i}_{j}", 2)
            else:
                x = block(x, widths[i], name + f"_{i}_{j}", 1)
    x = layers.GlobalAveragePooling2D()(x)
    return layers.Dense(classes, activation="softmax", name=name + "_fc")(x)
