"""A convolution with batch normalisation, the step that most networks here are made of."""

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
    """Apply a convolution, batch normalisation and, if asked for, ReLU.

    Args:
        x: Feature maps (N, H, W, A).
        filters: Number of channels that come out.
        kernel_size: Side of the kernel.
        strides: Step of the convolution; height and width are divided by it and rounded up.
        name: First part of the layers' names.
        relu: Whether a ReLU follows.
        use_bias: Whether the convolution has a bias, which the normalisation makes redundant.

    Returns:
        Feature maps (N, H/strides, W/strides, filters).
    """
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
