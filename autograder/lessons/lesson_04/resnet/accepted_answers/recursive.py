"""The last stage on top of a network of the others."""

from keras import layers


def resnet(x, widths, units, block, classes, name):
    def stages(t, number):
        if number < 0:
            return t
        t = stages(t, number - 1)
        for unit in range(units[number]):
            t = block(t, widths[number], f"{name}_{number}_{unit}", strides=2 if number and unit == 0 else 1)
        return t

    z = layers.GlobalAveragePooling2D()(stages(x, len(widths) - 1))
    return layers.Dense(classes, activation="softmax", name=f"{name}_out")(z)
