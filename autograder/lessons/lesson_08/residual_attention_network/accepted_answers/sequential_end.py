"""The ending as a Sequential model."""

import keras
from keras import layers


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    for s, m in enumerate(modules):
        x = stage(x, filters * 2**s, 1 if s == 0 else 2, m, f"{name}_stage{s}")
    x = unit(x, name + "_1", *([2 * x.shape[-1], 2] if widen else []))
    x = unit(unit(x, name + "_2"), name + "_3")
    ending = keras.Sequential(
        [
            layers.BatchNormalization(name=name + "_norm"),
            layers.ReLU(),
            layers.GlobalAveragePooling2D(),
            layers.Dense(classes, activation="softmax", name=name + "_classes"),
        ],
        name=name + "_ending",
    )
    return ending(x)
