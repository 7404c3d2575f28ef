"""A dense layer without a bias, and TensorFlow in a Lambda layer."""

import tensorflow as tf
from keras import layers


def resnet(x, widths, units, block, classes, name):
    for s, width in enumerate(widths):
        for u in range(units[s]):
            x = block(x, filters=width, name=f"{name}_{s}_{u}", strides=2 if s > 0 and u == 0 else 1)
    z = layers.Lambda(lambda t: tf.reduce_mean(t, axis=[1, 2]))(x)
    scores = layers.Dense(classes, use_bias=False, name=name + "_scores")(z)
    return layers.Lambda(lambda t: tf.nn.softmax(t))(scores)
