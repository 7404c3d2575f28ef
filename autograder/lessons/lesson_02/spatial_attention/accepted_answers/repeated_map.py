"""The map repeated for every channel; a Sequential model makes it."""

import keras
from keras import layers, ops

# `channel_pool` is that of the lesson.


def spatial_attention(x, name, kernel_size=7):
    gate = keras.Sequential(
        [layers.Conv2D(1, kernel_size, padding="same"), layers.Activation("sigmoid")], name=name + "_gate"
    )
    mask = gate(channel_pool(x, name))
    return ops.multiply(x, ops.repeat(mask, x.shape[-1], axis=-1))
