"""A list of all blocks first."""

from keras import layers


def resnet(x, widths, units, block, classes, name):
    plan = [(w, 1 + (s > 0 and u == 0)) for s, w in enumerate(widths) for u in range(units[s])]
    for number, (width, strides) in enumerate(plan):
        x = block(x, width, f"{name}_block{number}", strides=strides)
    h = layers.GlobalAvgPool2D(name=name + "_pool")(x)
    return layers.Dense(classes, "softmax", name=name + "_p")(h)
