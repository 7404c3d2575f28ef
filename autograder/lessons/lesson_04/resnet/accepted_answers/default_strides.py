"""The strides are given only where they are not 1."""

import keras
from keras import layers


def resnet(x, widths, units, block, classes, name):
    for i, (w, u) in enumerate(zip(widths, units, strict=True)):
        x = block(x, w, f"{name}_{i}_first", **({"strides": 2} if i else {}))
        for j in range(1, u):
            x = block(x, w, f"{name}_{i}_{j}")
    pooled = keras.ops.mean(x, axis=(1, 2))
    return layers.Softmax()(layers.Dense(classes, name=name + "_logits")(pooled))
