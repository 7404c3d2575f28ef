"""A list of all parts first."""

import keras
from keras import layers


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    plan = [(filters * 2**s, 1 if s == 0 else 2, m) for s, m in enumerate(modules)]
    for s, (width, strides, many) in enumerate(plan):
        x = stage(x, width, strides, many, f"{name}_part{s}")
    width = plan[-1][0]
    ends = [(2 * width, 2) if widen else (width, 1)] + 2 * [((1 + widen) * width, 1)]
    for u, (wide, strides) in enumerate(ends):
        x = unit(x, f"{name}_unit{u}", wide, strides)
    x = layers.BatchNormalization(name=name + "_norm")(x)
    x = layers.GlobalAveragePooling2D()(layers.ReLU()(x))
    return layers.Dense(classes, activation=keras.activations.softmax, name=name + "_classes")(x)
