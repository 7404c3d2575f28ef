"""Comparisons: target and attempt, before and after, a score and its controls."""

from collections.abc import Callable, Mapping, Sequence
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.figures import style
from course_lib.figures.inputs import at_least_one, finite


@style.course_style()
def target_beside_yours(
    target: np.ndarray, yours: Callable[[], np.ndarray], *, rows: str = "", columns: str = ""
) -> Figure:
    """Draw the array you should get beside the one you get, every number written in its cell.

    Args:
        target: Shape (A, B).
        yours: Called without arguments. It may be unwritten still (NotImplementedError), raise or return
            another shape: the right-hand panel then says so, and the picture is drawn all the same.
        rows: Label of the rows.
        columns: Label of the columns.
    """
    target = np.atleast_2d(target)
    drawn, remark = _attempt(yours)
    figure, axes = style.grid(
        1, 2, width=max(5.0, 1.3 * target.shape[1] + 2), height=0.55 * target.shape[0] + 1.1
    )
    low, high = float(target.min()), float(target.max())
    _numbers(axes[0, 0], target, "target", (low, high))
    if drawn is None:
        axes[0, 1].set_axis_off()
        axes[0, 1].set_title("yours")
        axes[0, 1].text(0.5, 0.5, remark, ha="center", va="center", wrap=True, transform=axes[0, 1].transAxes)
    else:
        title = "yours" if drawn.shape == target.shape else f"yours, shape {drawn.shape}"
        _numbers(axes[0, 1], drawn, title, (low, high))
    axes[0, 0].set_xlabel(columns)
    axes[0, 0].set_ylabel(rows)
    seen = remark.replace("\n", " ") if drawn is None else _words(drawn)
    return style.describe(figure, f"Left, the target: {_words(target)}. Right, yours: {seen}.")


@style.course_style()
def before_after(
    before: np.ndarray, after: np.ndarray, captions: Sequence[str] = ("before", "after")
) -> Figure:
    """Draw the histograms of the values of two arrays side by side, each on a scale of its own."""
    figure, axes = style.grid(1, 2, width=8, height=2.8)
    for plot, values, caption, colour in zip(axes[0], (before, after), captions, style.CYCLE, strict=False):
        plot.hist(np.ravel(values), bins=32, color=colour)
        plot.set_title(f"{caption}: {values.dtype}, {values.min():g} to {values.max():g}", loc="left")
        plot.set_xlabel("pixel value")
        plot.set_yticks([])
    axes[0, 0].set_ylabel("how many pixels")
    words = (
        f"{caption}, {values.dtype}, from {values.min():g} to {values.max():g}, mean {values.mean():.3g}"
        for values, caption in zip((before, after), captions, strict=False)
    )
    return style.describe(figure, f"Histograms of pixel values: {'; '.join(words)}.")


@style.course_style()
def compare(values: Mapping[str, float], *, xlabel: str, limits: tuple[float, float] = (0.0, 1.0)) -> Figure:
    """Draw one number per name on a common scale; the first is the one in question, the rest are controls.

    Args:
        values: From a name to its number.
        xlabel: What the numbers are.
        limits: Ends of the scale.

    Raises:
        ValueError: If there is no name, and for NaN or infinite values.
    """
    at_least_one(values=values)
    names = list(values)
    for name in names:
        finite(**{f"values[{name!r}]": np.asarray([values[name]], dtype=float)})
    figure, axes = style.grid(1, 1, width=7, height=0.55 * len(names) + 0.9)
    plot = axes[0, 0]
    for place, name in enumerate(names):
        value = values[name]
        colour = style.BLUE if place == 0 else style.GREY
        plot.plot([limits[0], value], [place, place], color=colour, linewidth=2)
        plot.plot(value, place, "o" if place == 0 else "s", color=colour, markersize=9)
        plot.annotate(f"{value:.2f}", (value, place), (10, 0), textcoords="offset points", va="center")
    plot.set_yticks(range(len(names)), names)
    plot.invert_yaxis()
    plot.margins(y=0.25)
    plot.set_xlim(*limits)
    plot.set_xlabel(xlabel)
    words = style.listed(f"{name} {value:.2f}" for name, value in values.items())
    return style.describe(figure, f"{xlabel}: {words}.")


def _attempt(yours: Callable[[], np.ndarray]) -> tuple[np.ndarray | None, str]:
    try:
        array = np.asarray(yours(), dtype=float)
    except NotImplementedError:
        return None, "not filled in yet"
    except Exception as problem:  # whatever a student's function raises belongs in the picture, not above it
        first = str(problem).split(". ")[0]
        reason = fill(first, 36) if isinstance(problem, ValueError) and len(first) <= 180 else ""
        return None, f"{type(problem).__name__}:\n{reason or 'run the check to see why'}"
    squeezed = np.squeeze(array)
    if squeezed.ndim > 2:
        return None, f"shape {array.shape}:\ntoo many axes to draw"
    return np.atleast_2d(squeezed), ""


def _words(values: np.ndarray) -> str:
    """Write the numbers of a small array, row by row; the shape and range of a larger one."""
    if values.size > 16:
        return f"{' × '.join(map(str, values.shape))} numbers from {values.min():.4g} to {values.max():.4g}"
    return "; ".join(", ".join(f"{value:.4g}" for value in row) for row in values)


def _numbers(plot: Axes, values: np.ndarray, title: str, limits: tuple[float, float]) -> None:
    plot.imshow(values, cmap=style.SEQUENTIAL, vmin=limits[0], vmax=limits[1], aspect="auto")
    plot.set_title(title)
    plot.set_xticks([])
    plot.set_yticks([])
    middle = (limits[0] + limits[1]) / 2
    for (row, column), value in np.ndenumerate(values[:12, :12]):
        colour = "black" if value > middle else "white"
        plot.text(column, row, f"{value:.4g}", ha="center", va="center", color=colour, fontsize=10)
