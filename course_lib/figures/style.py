"""One style for every figure: Okabe–Ito colours, plain axes, text readable at half size, a description."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe and Ito's palette, told apart by colour-blind readers too.
BLACK: Final = "#000000"
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#7F7F7F"
CYCLE: Final = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, BLACK)

# Maps from low to high run from dark to light, so that they keep their order in print.
SEQUENTIAL: Final = "cividis"
IMAGES: Final = "gray"

_RC: Final[Any] = {
    "font.size": 12,
    "axes.titlesize": 12,
    "axes.labelsize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "xtick.color": "#404040",
    "ytick.color": "#404040",
    "figure.facecolor": "white",
    "image.interpolation": "nearest",
}


@contextmanager
def course_style() -> Iterator[None]:
    """Apply the style in a `with` block or a decorated function, and leave the reader's settings alone."""
    with mpl.rc_context(_RC):
        yield


def grid(rows: int, columns: int, *, width: float, height: float) -> tuple[Figure, np.ndarray]:
    """Return a figure of `width` × `height` inches and its axes as an array (rows, columns).

    The figure is made without pyplot, so nothing is drawn twice and nothing has to be closed.
    """
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(rows, columns, squeeze=False)


def describe(figure: Figure, alt: str) -> Figure:
    """Keep `alt`, what the figure shows in words, as the figure's label, where `show` finds it."""
    figure.set_label(alt)
    return figure


def listed(parts: Iterable[str]) -> str:
    """Return words in a row: "a", "a and b", "a, b and c"."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def picture(axes: Axes, image: np.ndarray, *, title: str = "", **options: Any) -> Any:
    """Draw `image` (H, W) without ticks or frame and return the drawn artist."""
    drawn = axes.imshow(image, **{"cmap": IMAGES, **options})
    axes.set_axis_off()
    if title:
        axes.set_title(title)
    return drawn


def own_scale(axes: Axes, values: np.ndarray, image_shape: tuple[int, ...] | None = None) -> None:
    """Draw a map (h, w) over its own range, which is written below it; as large as the image, if given."""
    picture(axes, values, cmap=SEQUENTIAL, extent=extent(image_shape or values.shape))
    below(axes, f"{values.min():.2f} to {values.max():.2f}")


def extent(image_shape: tuple[int, ...]) -> tuple[float, float, float, float]:
    """Return the extent of an image (h, w); a coarser map drawn with it lies exactly over the image."""
    height, width = image_shape
    return (-0.5, width - 0.5, height - 0.5, -0.5)


def below(axes: Axes, words: str, **options: Any) -> None:
    """Write a few words under a picture."""
    axes.text(0.5, -0.04, words, transform=axes.transAxes, ha="center", va="top", **options)
