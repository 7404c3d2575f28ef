"""The last stage on top of a network of the others."""

from keras import layers


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    def stages(t, s):
        if s < 0:
            return t
        return stage(stages(t, s - 1), filters * 2**s, 2 if s else 1, modules[s], f"{name}_{s}")

    y = stages(x, len(modules) - 1)
    y = unit(y, name + "_x", 2 * y.shape[-1], 2) if widen else unit(y, name + "_x")
    y = unit(y, name + "_y")
    y = unit(y, name + "_z")
    y = layers.ReLU()(layers.BatchNormalization(name=name + "_norm")(y))
    return layers.Dense(classes, activation="softmax", name=name + "_o")(layers.GlobalAvgPool2D()(y))
