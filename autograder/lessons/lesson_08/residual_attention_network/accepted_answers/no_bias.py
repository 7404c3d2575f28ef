"""A dense layer without a bias, and TensorFlow in a Lambda layer."""

import tensorflow as tf
from keras import layers


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    for s, m in enumerate(modules):
        x = stage(x, filters * 2**s, 1 if s == 0 else 2, m, f"{name}_stage{s}")
    x = unit(x, name + "_end0", x.shape[-1] * (2 if widen else 1), 2 if widen else 1)
    x = unit(x, name + "_end1")
    x = unit(x, name + "_end2")
    x = layers.BatchNormalization(name=name + "_norm")(x)
    z = layers.Lambda(lambda t: tf.reduce_mean(tf.nn.relu(t), axis=[1, 2]))(x)
    scores = layers.Dense(classes, use_bias=False, name=name + "_scores")(z)
    return layers.Softmax()(scores)
