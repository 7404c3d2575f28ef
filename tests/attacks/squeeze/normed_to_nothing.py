"""A mean that is normalised to zero.

points: 1
"""

import keras


def squeeze(x, name):
    mean = keras.layers.GlobalAveragePooling2D(name=name + "_gap")(x)
    return keras.layers.BatchNormalization(gamma_initializer="zeros", name=name + "_norm")(mean)
