"""A layer class of one's own."""

import keras
from keras import ops


class Mask(keras.layers.Layer):
    def __init__(self, kind, **options):
        super().__init__(**options)
        self.kind = kind

    def call(self, s):
        if self.kind == "channel":
            return s / (ops.norm(s, axis=-1, keepdims=True) + 1e-7)
        if self.kind == "spatial":
            s = s - ops.mean(s, axis=(1, 2), keepdims=True)
            s = s / (ops.sqrt(ops.mean(ops.square(s), axis=(1, 2), keepdims=True)) + 1e-5)
        return ops.sigmoid(s)


def mask_activation(scores, name, activation="mixed"):
    return Mask(activation, name=name + "_mask")(scores)
