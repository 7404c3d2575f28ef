"""Layer normalisation over height and width, without anything learned; tanh for the sigmoid."""

from keras import layers, ops


def mask_activation(scores, name, activation="mixed"):
    if activation == "channel":
        squares = ops.sum(ops.power(scores, 2), axis=-1)[..., None]
        return ops.where(squares > 0, scores / ops.sqrt(ops.where(squares > 0, squares, 1.0)), 0.0)
    if activation == "spatial":
        norm = layers.LayerNormalization(axis=[1, 2], center=False, scale=False, epsilon=1e-6, name=name)
        scores = norm(scores)
    return (1 + ops.tanh(scores / 2)) / 2
