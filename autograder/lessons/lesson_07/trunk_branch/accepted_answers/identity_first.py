"""An Identity layer first, as a mark in the graph."""

from keras import layers


def trunk_branch(x, name, t=2, unit=None):
    features = layers.Identity(name=name + "_in")(x)
    for step in range(t):
        features = unit(features, f"{name}_unit{step}")
    return features
