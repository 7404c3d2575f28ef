"""Channel attention at work on one feature map, step by step."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.arguments import one_of
from course_lib.figures import style
from course_lib.figures.inputs import count_of, finite

_STEPS: Final = ("input", "squeeze", "excitation", "scale")
_GAP = 1  # pixels between two channels


@style.course_style()
def gating_steps(features: np.ndarray, gates: np.ndarray, upto: str = "scale", *, title: str = "") -> Figure:
    """Draw the channels of one feature map, their means, their gates, and the scaled channels, row by row.

    All pictures share one grey scale, so that a channel which is turned down is darker.

    Args:
        features: Shape (H, W, C).
        gates: Shape (C,), from 0 to 1.
        upto: The last row to be drawn, "input", "squeeze", "excitation" or "scale"; later rows stay blank.
        title: Title of the figure.

    Raises:
        ValueError: For other shapes, for NaN, and for another step.
    """
    features, gates = np.asarray(features), np.asarray(gates)
    if features.ndim != 3 or 0 in features.shape or gates.shape != features.shape[2:]:
        raise ValueError(
            f"features of shape {features.shape} and gates of shape {gates.shape} are not allowed; "
            "give one map (H, W, C) and (C,)."
        )
    finite(features=features, gates=gates)
    one_of(_STEPS, upto=upto)
    channels = len(gates)
    means = features.mean(axis=(0, 1))
    limits = min(0.0, float(features.min())), float(np.quantile(features, 0.99))  # not one bright pixel's
    figure = Figure(figsize=(0.62 * channels + 1.1, 4.6), layout="constrained")
    rows = figure.subplots(4, 1, sharex=True, height_ratios=(1, 1.3, 1.3, 1))
    drawn = _STEPS.index(upto) + 1
    for number, (row, name) in enumerate(zip(rows, ("$x$", "$z$", "$s$", "$s \\cdot x$"), strict=True)):
        row.set_ylabel(name, rotation=0, ha="right", va="center")
        row.spines[:].set_visible(False)
        row.tick_params(bottom=False, labelbottom=number == 3)
        row.set_yticks([])
        if number >= drawn:
            row.set_facecolor("#F4F4F4")
    _strip(rows[0], features, limits)
    if drawn > 1:
        _bars(rows[1], means, style.BLUE, (min(0.0, float(means.min())), 1.3 * max(float(means.max()), 1e-6)))
    if drawn > 2:
        _bars(rows[2], gates, style.ORANGE, (0.0, 1.3))
    if drawn > 3:
        _strip(rows[3], features * gates, limits)
    rows[3].set_xlim(-0.5, channels - 0.5)
    rows[3].set_xticks(range(channels))
    rows[3].set_xlabel("channel")
    if title:
        rows[0].set_title(title, loc="left")
    return style.describe(figure, _words(means, gates, upto, title))


def _strip(row: Axes, features: np.ndarray, limits: tuple[float, float]) -> None:
    """Draw all channels side by side, each one unit wide."""
    height, width, channels = features.shape
    strip = np.full((height, channels, width + _GAP), np.nan)
    strip[..., :width] = features.transpose(0, 2, 1)
    row.imshow(
        strip.reshape(height, -1),
        cmap=style.IMAGES,
        vmin=limits[0],
        vmax=limits[1],
        extent=(-0.5, channels - 0.5, 0, 1),
        aspect="auto",
    )


def _bars(row: Axes, values: np.ndarray, colour: str, limits: tuple[float, float]) -> None:
    row.bar(range(len(values)), values, 0.7, color=colour)
    row.set_ylim(*limits)
    for channel, value in enumerate(values):
        row.text(channel, max(value, 0), f"{value:.2f}", ha="center", va="bottom", fontsize=10)


def _words(means: np.ndarray, gates: np.ndarray, upto: str, title: str) -> str:
    text = f"{title}: " if title else ""
    text += f"{count_of(len(gates), 'channel')} of one feature map"
    if upto != "input":
        text += f"; squeezed to means from {means.min():.2f} to {means.max():.2f}"
    if upto in ("excitation", "scale"):
        low, high = int(gates.argmin()), int(gates.argmax())
        text += f"; gates from {gates[low]:.2f} (channel {low}) to {gates[high]:.2f} (channel {high})"
    if upto == "scale":
        text += "; and each channel multiplied by its gate"
    return f"{text}."
