"""A pooling layer as large as the map."""

from keras import layers


def resnet(x, widths, units, block, classes, name):
    for s, width in enumerate(widths):
        for u in range(units[s]):
            x = block(x, width, "_".join([name, str(s), str(u)]), strides=[1, 2][s > 0 and u == 0])
    z = layers.Flatten()(layers.AveragePooling2D(tuple(x.shape[1:3]))(x))
    return layers.Activation("softmax")(layers.Dense(classes, name=name + "_dense")(z))
