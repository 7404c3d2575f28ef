"""keras.ops for ReLU, mean and softmax."""

import keras
from keras import layers


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    for s in range(len(modules)):
        x = stage(x, filters << s, 2 if s else 1, modules[s], name + "_stage" + str(s))
    for k in range(3):
        wide = (x.shape[-1] * 2, 2) if k == 0 and widen else (None, 1)
        x = unit(x, name + f"_end{k}", *wide)
    x = keras.ops.relu(layers.BatchNormalization(name=name + "_norm")(x))
    scores = layers.Dense(classes, name=name + "_scores")(keras.ops.mean(x, axis=(1, 2)))
    return keras.ops.softmax(scores)
