"""A model around the units."""

import keras


def trunk_branch(x, name, t=2, unit=None):
    given = keras.Input(x.shape[1:])
    y = given
    for i in range(t):
        y = unit(y, f"{name}_{i}")
    return keras.Model(given, y, name=name + "_trunk")(x)
