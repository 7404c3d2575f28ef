"""Bilinear resizing in the two conventions that papers and libraries use."""

from typing import Any

from keras import ops

from course_lib.arguments import one_of

CONVENTIONS = ("aligned", "half_pixel")


def resize_bilinear(x: Any, height: Any, width: Any, convention: str) -> Any:
    """Resize feature maps (N, H, W, C) to (N, height, width, C), without smoothing where the size shrinks.

    Args:
        x: The feature maps.
        height: The new height.
        width: The new width.
        convention: "aligned" puts the centres of the corner pixels on each other; "half_pixel" aligns the
            outer edges of the images, as `keras.layers.UpSampling2D(interpolation="bilinear")` does.

    Raises:
        ValueError: For an unknown convention.
    """
    one_of(CONVENTIONS, convention=convention)
    _, rows, columns, channels = ops.shape(x)
    down = ops.cast(_weights(rows, height, convention), x.dtype)  # (height, H)
    across = ops.cast(_weights(columns, width, convention), x.dtype)  # (width, W)
    x = ops.matmul(down, ops.reshape(x, (-1, rows, columns * channels)))  # (N, height, W · C)
    return ops.matmul(across, ops.reshape(x, (-1, height, columns, channels)))  # (N, height, width, C)


def _weights(size_in: Any, size_out: Any, convention: str) -> Any:
    """Return how much each of the `size_in` pixels adds to each of the `size_out` ones, (size_out, size_in).

    Each new pixel is a weighted mean of its nearest neighbours: weights fall linearly with the distance.
    """
    sources = ops.cast(ops.arange(size_in), "float32")
    targets = ops.cast(ops.arange(size_out), "float32")
    last = ops.cast(size_in, "float32") - 1
    if convention == "aligned":
        places = targets * last / ops.maximum(ops.cast(size_out, "float32") - 1, 1)
    else:
        places = (targets + 0.5) * (last + 1) / ops.cast(size_out, "float32") - 0.5
        places = ops.clip(places, 0, last)
    return ops.relu(1 - ops.abs(places[:, None] - sources[None, :]))
