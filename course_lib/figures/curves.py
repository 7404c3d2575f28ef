"""Learning curves: how a number changes over the epochs of training."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures import style
from course_lib.figures.inputs import at_least_one, finite

_DASHES = ("-", "--", "-.", ":")


@style.course_style()
def learning_curves(curves: Mapping[str, Sequence[float] | np.ndarray], *, ylabel: str) -> Figure:
    """Draw one line per name over the epochs, each labelled at its end.

    Args:
        curves: From a name to the values of one run (epochs,), or of several (runs, epochs). Several runs are
            drawn as their mean within a band from the lowest to the highest run.
        ylabel: What the values are.

    Raises:
        ValueError: If there is no name or no epoch, for more axes, and for NaN or infinite values.
    """
    at_least_one(curves=curves)
    figure, axes = style.grid(1, 1, width=7, height=3.2)
    plot = axes[0, 0]
    longest, ends, words = 1, [], []
    for index, (name, values) in enumerate(curves.items()):
        runs = np.atleast_2d(np.asarray(values, dtype=float))  # (runs, epochs)
        if runs.ndim != 2 or runs.size == 0:
            raise ValueError(
                f"curves[{name!r}] of shape {np.shape(values)} is not allowed; give (epochs,) or "
                "(runs, epochs), at least one epoch."
            )
        finite(**{f"curves[{name!r}]": runs})
        colour, dash = style.CYCLE[index % len(style.CYCLE)], _DASHES[index % len(_DASHES)]
        epochs = np.arange(1, runs.shape[1] + 1)
        mean = runs.mean(axis=0)
        if len(runs) > 1:
            plot.fill_between(
                epochs, runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.18, linewidth=0
            )
        plot.plot(epochs, mean, dash, marker="o" if len(epochs) <= 30 else None, color=colour)
        ends.append((name, epochs[-1], mean[-1], colour))
        longest = max(longest, len(epochs))
        band = f" (mean of {len(runs)} runs, {runs[:, -1].min():.3g} to {runs[:, -1].max():.3g})"
        words.append(f"{name} from {mean[0]:.3g} to {mean[-1]:.3g}{band if len(runs) > 1 else ''}")
    low, high = plot.get_ylim()
    line = 0.08 * (high - low)  # the height of a line of text
    for (name, epoch, _, colour), height in zip(ends, _apart([end[2] for end in ends], line), strict=True):
        plot.annotate(
            name,
            (epoch, height),
            (8, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            annotation_clip=False,
        )
    plot.set_xlabel("epoch")
    plot.set_ylabel(ylabel)
    plot.set_xticks(_whole_ticks(longest))
    return style.describe(figure, f"{ylabel} over {longest} epochs: {'; '.join(words)}.")


def _whole_ticks(longest: int) -> np.ndarray:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, longest) if longest / step <= 12)
    return np.array([1, *range(step, longest + 1, step)]) if step > 1 else np.arange(1, longest + 1)


def _apart(heights: Sequence[float], least: float) -> np.ndarray:
    """Return the heights, neighbours pushed from each other until they are about `least` apart."""
    order = np.argsort(heights)
    moved = np.asarray(heights, dtype=float)[order]
    for _ in range(100):
        push = np.maximum(least - np.diff(moved), 0) / 2
        moved[:-1] -= push
        moved[1:] += push
    placed = np.empty_like(moved)
    placed[order] = moved
    return placed
