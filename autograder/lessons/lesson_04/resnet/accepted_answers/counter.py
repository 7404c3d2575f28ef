"""A counter for the names."""

import itertools

import keras
from keras import layers


def resnet(x, widths, units, block, classes, name):
    number = itertools.count()
    strides = 1
    for width, repeats in zip(widths, units, strict=True):
        for _ in range(repeats):
            x = block(x, width, f"{name}_{next(number)}", strides=strides)
            strides = 1
        strides = 2
    z = layers.GlobalAveragePooling2D()(x)
    return keras.ops.softmax(layers.Dense(classes, name=name + "_scores")(z))
