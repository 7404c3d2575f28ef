"""functools.reduce over the stages."""

import functools

import keras
from keras import layers


def resnet(x, widths, units, block, classes, name):
    def stage(t, s):
        for u in range(units[s]):
            t = block(t, widths[s], f"{name}_{s}{chr(97 + u)}", strides=1 if s == 0 or u else 2)
        return t

    z = layers.GlobalAveragePooling2D()(functools.reduce(stage, range(len(widths)), x))
    return layers.Dense(classes, activation=keras.activations.softmax, name=name + "_classes")(z)
