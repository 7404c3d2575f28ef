"""Checks of the blocks' inputs."""

from collections.abc import Sequence

import keras


def takes_feature_maps(layer: keras.Layer, input_shape: Sequence[int | None]) -> int:
    """Return C of an input of shape (N, H, W, C), and fix the layer's number of axes and channels.

    From then on Keras refuses other inputs at every call.

    Raises:
        ValueError: If the shape is not of that kind, or Keras is set to channels first.
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
    """Return C / r.

    Args:
        channels: C.
        reduction: r.
        of: Whose channels C are, for the message: "input" or "output".

    Raises:
        ValueError: If r does not divide C.
    """
    if channels % reduction:
        divisors = [str(r) for r in range(1, channels + 1) if channels % r == 0]
        raise ValueError(
            f"reduction={reduction} does not divide the {channels} channels of the {of}; "
            f"choose one of {', '.join(divisors)}."
        )
    return channels // reduction
