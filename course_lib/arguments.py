"""Checks of arguments; every ValueError names the argument, its value and the allowed ones.

The arguments to check are passed as keywords, so that the message can name them.
"""

from collections.abc import Collection, Sequence

import numpy as np


def whole(*, least: int, most: int | None = None, **arguments: int) -> None:
    """Require every argument to be a whole number from `least` to `most`.

    Raises:
        ValueError: If one is not.
    """
    bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
    for name, value in arguments.items():
        is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not is_whole or value < least or (most is not None and value > most):
            raise ValueError(f"{name}={value!r} is not allowed; give a whole number {bounds}.")


def positive(**arguments: int) -> None:
    """Require every argument to be a whole number of at least 1.

    Raises:
        ValueError: If one is not.
    """
    whole(least=1, **arguments)


def share(**arguments: float) -> None:
    """Require every argument to be a number from 0 to 1.

    Raises:
        ValueError: If one is not.
    """
    for name, value in arguments.items():
        if not isinstance(value, int | float | np.number) or not 0 <= value <= 1:  # false for NaN too
            raise ValueError(f"{name}={value!r} is not allowed; give a number from 0 to 1.")


def one_of(allowed: Collection[str], **arguments: str) -> None:
    """Require every argument to be one of the allowed words.

    Raises:
        ValueError: If one is not.
    """
    for name, value in arguments.items():
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"{name}={value!r} is not known; choose one of {', '.join(map(repr, allowed))}.")


def some_of(allowed: Collection[str], **arguments: Sequence[str]) -> None:
    """Require every argument to be a sequence of one or more different allowed words.

    Raises:
        ValueError: If one is not.
    """
    for name, values in arguments.items():
        fits = isinstance(values, list | tuple) and all(isinstance(value, str) for value in values)
        if not fits or not values or len(set(values)) < len(values) or not set(values) <= set(allowed):
            words = ", ".join(map(repr, allowed))
            raise ValueError(
                f"{name}={values!r} is not allowed; give one or more of {words}, each once, in a tuple."
            )
