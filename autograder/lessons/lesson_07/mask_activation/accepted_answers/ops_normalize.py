"""keras.ops.normalize, moments."""

import keras


def mask_activation(scores, name, activation="mixed"):
    if activation == "channel":
        return keras.ops.normalize(scores, axis=-1, order=2)
    if activation == "spatial":
        mean, variance = keras.ops.moments(scores, axes=[1, 2], keepdims=True)
        return keras.ops.sigmoid((scores - mean) * keras.ops.rsqrt(variance + 1e-8))
    return keras.ops.sigmoid(scores)
