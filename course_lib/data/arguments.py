"""Checks of arguments; every ValueError names the argument, the value and the allowed ones."""

import numpy as np
from numpy.typing import NDArray


def whole(*, least: int, most: int | None = None, **arguments: int) -> None:
    """ValueError unless every argument is a whole number from `least` to `most`."""
    bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
    for name, value in arguments.items():
        is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not is_whole or value < least or (most is not None and value > most):
            raise ValueError(f"{name}={value!r} is not allowed; give a whole number {bounds}.")


def share(**arguments: float) -> None:
    """ValueError unless every argument is a number from 0 to 1."""
    for name, value in arguments.items():
        if not 0 <= value <= 1:  # false for NaN too
            raise ValueError(f"{name}={value!r} is not allowed; give a number from 0 to 1.")


def class_numbers(labels: NDArray[np.integer], classes: int | None = None) -> NDArray[np.integer]:
    """The labels as an array; ValueError unless they are whole numbers (n,), from 0 to `classes` - 1."""
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(
            f"labels of shape {labels.shape} and type {labels.dtype} are not allowed; "
            "give whole numbers of shape (n,), at least one."
        )
    if labels.min() < 0 or (classes is not None and labels.max() >= classes):
        wrong = labels.min() if labels.min() < 0 else labels.max()
        highest = "" if classes is None else f" to {classes - 1}"
        raise ValueError(f"labels hold {wrong}, which is not allowed; give class numbers from 0{highest}.")
    return labels
