"""Checks of the blocks' arguments and inputs; every ValueError names the argument, the value, the allowed."""

from collections.abc import Collection, Sequence

import keras


def positive(**arguments: int) -> None:
    """ValueError unless every argument is a whole number of at least 1."""
    for name, value in arguments.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"{name}={value!r} is not allowed; give a whole number of at least 1.")


def one_of(allowed: Collection[str], **arguments: str) -> None:
    """ValueError unless every argument is one of the allowed words."""
    for name, value in arguments.items():
        if value not in allowed:
            raise ValueError(f"{name}={value!r} is not known; choose one of {', '.join(map(repr, allowed))}.")


def some_of(allowed: Collection[str], **arguments: Sequence[str]) -> None:
    """ValueError unless every argument is a sequence of one or more different allowed words."""
    for name, values in arguments.items():
        if (
            isinstance(values, str)
            or not values
            or len(set(values)) < len(values)
            or not set(values) <= set(allowed)
        ):
            words = ", ".join(map(repr, allowed))
            raise ValueError(
                f"{name}={values!r} is not allowed; give one or more of {words}, each once, in a tuple."
            )


def feature_channels(layer: keras.Layer, input_shape: Sequence[int | None]) -> int:
    """C of an input of shape (N, H, W, C); ValueError if the shape is not of that kind."""
    if keras.config.image_data_format() != "channels_last":
        raise ValueError(
            "image_data_format='channels_first' is not allowed; call "
            "keras.config.set_image_data_format('channels_last')."
        )
    if len(input_shape) != 4 or input_shape[-1] is None:
        raise ValueError(
            f"input_shape={tuple(input_shape)} does not suit layer '{layer.name}'; it takes a feature map of "
            "four axes, (N, H, W, C), with a known number of channels C."
        )
    return input_shape[-1]


def hidden_channels(channels: int, reduction: int) -> int:
    """C / r; ValueError unless r divides C."""
    if channels % reduction:
        divisors = [str(r) for r in range(1, channels + 1) if channels % r == 0]
        raise ValueError(
            f"reduction={reduction} does not divide the {channels} channels of the input; "
            f"choose one of {', '.join(divisors)}."
        )
    return channels // reduction
