"""What the gates of a channel attention block do."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures import style


def gate_profile(gates: np.ndarray, informative: np.ndarray | None = None, *, title: str = "") -> Figure:
    """Draw each channel's mean gate, highest first, with the spread over the images.

    gates: (N, C), one row an image. informative: (C,) booleans, the known truth; it colours the channels
    and picks their marker, so that the figure reads without colour too.
    """
    order = np.argsort(gates.mean(axis=0))[::-1]
    places = np.arange(len(order))
    middle = gates.mean(axis=0)[order]
    spread = gates.std(axis=0)[order]
    figure, axes = style.grid(1, 1, width=8, height=3.2)
    plot = axes[0, 0]
    if informative is None:
        plot.errorbar(places, middle, yerr=spread, fmt="o", color=style.BLUE, markersize=6)
    else:
        truth = np.asarray(informative, dtype=bool)[order]
        groups = (
            ("carries the garment", truth, "o", style.BLUE),
            ("noise only", ~truth, "x", style.VERMILION),
        )
        for name, chosen, marker, colour in groups:
            plot.errorbar(
                places[chosen],
                middle[chosen],
                yerr=spread[chosen],
                fmt=marker,
                color=colour,
                markersize=7,
                label=name,
            )
        plot.legend(loc="upper right", frameon=False, ncols=2)
    plot.set_ylim(0, 1.05)
    plot.set_xticks(places, [str(channel) for channel in order], fontsize=10)
    plot.set_xlabel("channel, highest gate first")
    plot.set_ylabel("gate")
    if title:
        plot.set_title(title, loc="left")
    return figure


def gate_shapes(gates: Mapping[str, np.ndarray]) -> Figure:
    """Draw several gate vectors (C,) for the same scores as bars, one panel each, with their sum."""
    figure, axes = style.grid(1, len(gates), width=3.6 * len(gates), height=2.8)
    for plot, (name, values), colour in zip(axes[0], gates.items(), style.CYCLE, strict=False):
        plot.bar(np.arange(len(values)), values, color=colour)
        plot.set_ylim(0, 1.05)
        plot.set_title(f"{name}: sum {np.sum(values):.2f}", loc="left")
        plot.set_xlabel("channel")
        plot.set_xticks(np.arange(len(values)))
    axes[0, 0].set_ylabel("gate")
    return figure
