"""Checks of the blocks' inputs."""

from collections.abc import Sequence

import keras


def takes_feature_maps(layer: keras.Layer, input_shape: Sequence[int | None]) -> int:
    """C of an input of shape (N, H, W, C); from now on Keras refuses other axes and channels at every call.

    ValueError if the shape is not of that kind.
    """
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
    layer.input_spec = keras.InputSpec(ndim=4, axes={-1: input_shape[-1]})
    return input_shape[-1]


def hidden_channels(channels: int, reduction: int, of: str = "input") -> int:
    """C / r; ValueError unless r divides C, the channels of the input or of the output."""
    if channels % reduction:
        divisors = [str(r) for r in range(1, channels + 1) if channels % r == 0]
        raise ValueError(
            f"reduction={reduction} does not divide the {channels} channels of the {of}; "
            f"choose one of {', '.join(divisors)}."
        )
    return channels // reduction
