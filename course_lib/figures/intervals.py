"""Estimates with their intervals, beside a line that they are clear of or hold."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures import style
from course_lib.figures.inputs import at_least_one, finite


@style.course_style()
def intervals(
    estimates: Mapping[str, tuple[float, float, float]],
    *,
    xlabel: str,
    reference: float | None = 0.0,
    points: Mapping[str, Sequence[float]] | None = None,
) -> Figure:
    """Draw estimates with their intervals on one scale; those whose interval is clear of the line stand out.

    Args:
        estimates: From a name to (low, value, high).
        xlabel: What is estimated.
        reference: Where the line stands, 0 for a difference; None for no line.
        points: From a name to the single runs behind its estimate, drawn as small rings.

    Raises:
        ValueError: If there is no estimate, or one is not three finite numbers in the order low, value, high.
    """
    at_least_one(estimates=estimates)
    names = list(estimates)
    figure, axes = style.grid(1, 1, width=7, height=0.6 * len(names) + 1.0)
    plot = axes[0, 0]
    if reference is not None:
        plot.axvline(reference, color=style.GREY, linewidth=1, linestyle="--")
    words = []
    for place, (name, estimate) in enumerate(estimates.items()):
        finite(**{f"estimates[{name!r}]": np.asarray(estimate, dtype=float)})
        if len(estimate) != 3 or list(estimate) != sorted(estimate):
            raise ValueError(
                f"estimates[{name!r}]={estimate} is not allowed; give (low, value, high) in that order."
            )
        low, value, high = estimate
        clear = reference is None or not low <= reference <= high
        colour = style.BLUE if clear else style.GREY
        runs = np.asarray((points or {}).get(name, ()), dtype=float)
        plot.plot(runs, np.full(len(runs), place + 0.22), "o", color=colour, fillstyle="none", markersize=5)
        plot.plot([low, high], [place, place], color=colour, linewidth=3, solid_capstyle="butt")
        plot.plot(value, place, "o" if clear else "s", color=colour, markersize=9)
        plot.annotate(
            f"{value:.3g}".replace("-", "−"), (value, place), (0, 8), textcoords="offset points", ha="center"
        )
        remark = "" if reference is None else f", {'clear of' if clear else 'holds'} {reference:g}"
        words.append(f"{name} {value:.3g}, interval {low:.3g} to {high:.3g}{remark}")
    plot.set_yticks(range(len(names)), names)
    plot.set_ylim(len(names) - 0.45, -0.65)
    plot.margins(x=0.08)
    plot.set_xlabel(xlabel)
    return style.describe(figure, f"{xlabel}: {'; '.join(words)}.")
