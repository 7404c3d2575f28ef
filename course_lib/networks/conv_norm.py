"""The step that most networks here are made of."""

from typing import Any

import keras
from keras import layers


def conv_norm(
    x: Any,
    filters: int,
    kernel_size: int,
    strides: int = 1,
    *,
    name: str,
    relu: bool = False,
    use_bias: bool = False,
) -> keras.KerasTensor:
    """A convolution, batch normalisation and, if asked for, ReLU."""
    x = layers.Conv2D(
        filters,
        kernel_size,
        strides,
        padding="same",
        use_bias=use_bias,
        kernel_initializer="he_normal",
        name=f"{name}_conv",
    )(x)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm")(x)
    return layers.ReLU(name=f"{name}_relu")(x) if relu else x
