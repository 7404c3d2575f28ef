"""Layers throughout."""

from keras import layers


def attention_residual_learning(trunk, mask, name):
    raised = layers.Multiply(name=name + "_product")([trunk, mask])
    return layers.Add(name=name + "_sum")([trunk, raised])
