"""A model inside."""

import keras


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    given = keras.Input(x.shape[1:])
    y = units(given, name + "_before", p)
    trunk, weights = units(y, name + "_trunk", t), mask(y, name + "_mask", poolings, r, activation)
    y = units(combine(trunk, weights, name + "_met"), name + "_after", p)
    return keras.Model(given, y, name=name + "_module")(x)
