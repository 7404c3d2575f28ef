"""While loops, and the probabilities by hand."""

import keras
from keras import layers


def resnet(x, widths, units, block, classes, name):
    stage = 0
    while stage < len(widths):
        unit = 0
        while unit < units[stage]:
            new = stage > 0 and unit == 0
            x = block(x, widths[stage], f"{name}_{stage}_{unit}", strides=2 if new else 1)
            unit += 1
        stage += 1
    scores = layers.Dense(classes, name=name + "_scores")(keras.ops.mean(x, axis=(1, 2)))
    raised = keras.ops.exp(scores - keras.ops.max(scores, axis=-1, keepdims=True))
    return raised / keras.ops.sum(raised, axis=-1, keepdims=True)
