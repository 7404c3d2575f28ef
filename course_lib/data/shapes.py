"""Soft shapes drawn on a whole batch of small images at once.

Every shape is a signed distance in pixels, negative inside, evaluated at the coordinates `x` and `y` of shape
(n, height, width). Its sizes are numbers, or arrays of shape (n, 1, 1) when they differ from image to image.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Field: TypeAlias = NDArray[np.floating[Any]]
Size: TypeAlias = float | Field


def curve(t: Field, knots: Sequence[tuple[Size, Size]]) -> Field:
    """Return the value at `t` of the broken line through `knots` (position, value), constant outside."""
    value = np.zeros_like(t) + knots[0][1]
    for (t0, v0), (t1, v1) in pairwise(knots):
        value += (v1 - v0) * np.clip((t - t0) / (t1 - t0), 0, 1)
    return value


def box(x: Field, y: Field, half_width: Size, half_height: Size, rounding: Size = 0.0) -> Field:
    """Return a rectangle around the origin with rounded corners."""
    across = np.abs(x) - half_width + rounding
    along = np.abs(y) - half_height + rounding
    outside = np.hypot(np.maximum(across, 0), np.maximum(along, 0))
    inside = np.minimum(np.maximum(across, along), 0)
    distance: Field = outside + inside - rounding
    return distance


def limb(
    x: Field, y: Field, start: tuple[Size, Size], end: tuple[Size, Size], radii: tuple[Size, Size]
) -> Field:
    """Return a tapered bar from `start` to `end`, round at the start and cut straight at the end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = np.hypot(dx, dy)
    px, py = x - start[0], y - start[1]
    along = (px * dx + py * dy) / length
    part = np.clip(along / length, 0, 1)
    side = np.hypot(px - part * dx, py - part * dy) - (radii[0] + part * (radii[1] - radii[0]))
    distance: Field = np.maximum(side, along - length)
    return distance


def ring(x: Field, y: Field, half_width: Size, half_height: Size, thickness: Size) -> Field:
    """Return the outline of an ellipse around the origin; exact for a circle only."""
    radius = np.hypot(x / half_width, y / half_height)
    distance: Field = np.abs(radius - 1) * np.minimum(half_width, half_height) - thickness / 2
    return distance


def cover(distance: Field) -> Field:
    """Return how much of each pixel lies inside, 0 to 1: the antialiased edge."""
    part: Field = np.clip(0.5 - distance, 0, 1)
    return part


def paint(canvas: Field, distance: Field, shade: Size, strength: Size = 1.0) -> None:
    """Blend `shade` (brightness 0 to 1) over the inside of the shape, in place."""
    canvas += cover(distance) * strength * (shade - canvas)
