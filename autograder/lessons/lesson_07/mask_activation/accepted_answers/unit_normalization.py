"""Keras' own layers for the length and the maps."""

from keras import layers


def mask_activation(scores, name, activation="mixed"):
    if activation == "channel":
        return layers.UnitNormalization(axis=-1, name=name + "_unit")(scores)
    if activation == "spatial":
        scores = layers.GroupNormalization(groups=-1, center=False, scale=False, name=name + "_norm")(scores)
    return layers.Activation("sigmoid", name=name + "_sigmoid")(scores)
