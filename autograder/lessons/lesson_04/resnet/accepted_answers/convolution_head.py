"""A 1×1 convolution for the classes."""

from keras import layers


def resnet(x, widths, units, block, classes, name):
    for s, width in enumerate(widths):
        for u in range(units[s]):
            x = block(x, width, f"{name}_s{s}u{u}", strides=2 if s and not u else 1)
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    p = layers.Conv2D(classes, 1, activation="softmax", name=name + "_head")(z)
    return layers.Flatten()(p)
