"""The input of every network here."""

from collections.abc import Sequence

import keras

from course_lib.arguments import positive


def image_input(input_shape: Sequence[int | None]) -> keras.KerasTensor:
    """Return the input for images (N, height, width, channels).

    Args:
        input_shape: (height, width, channels); height and width may be None, which leaves them open.

    Raises:
        ValueError: For a shape of another form.
    """
    if not isinstance(input_shape, Sequence) or len(input_shape) != 3 or input_shape[-1] is None:
        raise ValueError(
            f"input_shape={input_shape!r} is not allowed; give (height, width, channels), in which only "
            "height and width may be None."
        )
    for axis, size in enumerate(input_shape):
        if size is not None:
            positive(**{f"input_shape[{axis}]": size})
    return keras.Input(tuple(input_shape), name="images")
