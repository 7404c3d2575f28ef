"""Runs a block written in Keras' functional style on an array."""

from collections.abc import Callable, Sequence

import keras
import numpy as np


def apply_block(
    block: Callable[[keras.KerasTensor], keras.KerasTensor],
    array: np.ndarray,
    weights: Sequence[np.ndarray] | None = None,
) -> np.ndarray:
    """Build a model around a block and return what it makes of an array.

    Args:
        block: Takes and returns a symbolic tensor with any batch size.
        array: Shape (N, ...); converted to float32.
        weights: Arrays for the block's trainable variables, in the order of its layers; each is reshaped to
            its variable, so that a matrix also fits a 1×1 convolution. Biases that they leave out become 0.
            None leaves the block's weights fresh and random.

    Returns:
        The block's output, shape (N, ...), without training behaviour such as dropout.

    Raises:
        ValueError: The number of arrays, or the size of one, is not that of the block.
    """
    inputs = keras.Input(array.shape[1:])
    model = keras.Model(inputs, block(inputs))
    if weights is not None:
        _assign(model.trainable_variables, weights)
    return np.asarray(model(np.asarray(array, dtype="float32"), training=False))


def _assign(variables: Sequence[keras.Variable], weights: Sequence[np.ndarray]) -> None:
    sizes, given = _sizes(variables), [w.size for w in weights]
    kernels = [variable for variable in variables if variable.name != "bias"]
    if sizes != given and _sizes(kernels) == given:
        for variable in variables:
            variable.assign(np.zeros(variable.shape))
        variables = kernels
    elif sizes != given:
        raise ValueError(
            f"The block has weight arrays of sizes {sizes}; the weights given have sizes {given}. "
            "Look at the widths of the layers, and whether they have biases."
        )
    for variable, weight in zip(variables, weights, strict=True):
        variable.assign(np.reshape(weight, variable.shape))


def _sizes(variables: Sequence[keras.Variable]) -> list[int]:
    return [int(np.prod(variable.shape)) for variable in variables]
