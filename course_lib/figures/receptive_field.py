"""The receptive field of a dilated layer: how far it looks, and how much of that lies on the map."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from course_lib.arguments import whole
from course_lib.figures import style
from course_lib.figures.inputs import at_least_one, finite


@style.course_style()
def reach(seen: Mapping[str, np.ndarray], sides: Sequence[int]) -> Figure:
    """Draw which positions a layer sees from the middle of a map: a column a layer, a row a size of the map.

    A square lies on the map, a cross beyond its border, where there is only padding.

    Args:
        seen: From a name to an array (S, S), S odd, that is not zero where the layer looks from the centre of
            an endless map.
        sides: Sizes of the map, from 1 to S.

    Raises:
        ValueError: For other shapes, for NaN, without a name or a size, and for other sizes.
    """
    at_least_one(seen=seen, sides=sides)
    for name, points in seen.items():
        finite(**{f"seen[{name!r}]": points})
        if points.ndim != 2 or points.shape[0] != points.shape[1] or points.shape[0] % 2 == 0:
            raise ValueError(f"seen[{name!r}] of shape {points.shape} is not allowed; give (S, S), S odd.")
        for side in sides:
            whole(least=1, most=len(points), side=side)
    size = 2.1 if len(seen) * len(sides) > 1 else 3.6
    figure, axes = style.grid(
        len(sides), len(seen), width=max(4.0, size * len(seen) + 0.4), height=(size + 0.15) * len(sides) + 0.7
    )
    half = max(int(np.abs(_points(points)).max(initial=0)) for points in seen.values())
    half = max(half, max(sides) // 2) + 1
    words = []
    for side, row in zip(sides, axes, strict=True):
        for plot, (name, points) in zip(row, seen.items(), strict=True):
            inside, outside = _draw(plot, _points(points), side)
            plot.set_xlim(-half - 0.5, half + 0.5)
            plot.set_ylim(half + 0.5, -half - 0.5)
            plot.set_title(f"{name}, {side} × {side}\n{inside} on the map", fontsize=11)
            words.append(f"{name} on {side} × {side}: {inside} on the map, {outside} beyond")
    handles = [
        Line2D([], [], marker="s", linestyle="", color=style.BLUE, label="on the map"),
        Line2D([], [], marker="x", linestyle="", color=style.VERMILION, label="only padding"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False)
    return style.describe(figure, f"Positions seen from the middle of a map. {'; '.join(words)}.")


def _points(seen: np.ndarray) -> np.ndarray:
    """Return where the array is not zero, counted from its centre: (N, 2), rows and columns."""
    return np.argwhere(seen) - len(seen) // 2


def _draw(plot: Axes, points: np.ndarray, side: int) -> tuple[int, int]:
    """Draw the points around a map; return how many lie on it and how many do not."""
    first = -(side // 2)
    row_inside, column_inside = ((points >= first) & (points < first + side)).T
    on_map = row_inside & column_inside
    plot.add_patch(
        Rectangle((first - 0.5, first - 0.5), side, side, facecolor="#EDEDED", edgecolor=style.GREY)
    )
    for (row, column), inside in zip(points, on_map, strict=True):
        if inside:
            plot.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, color=style.BLUE, linewidth=0))
    beyond = points[~on_map]
    plot.plot(beyond[:, 1], beyond[:, 0], "x", color=style.VERMILION, markersize=4)
    plot.plot(0, 0, "o", color=style.YELLOW, markersize=4)
    plot.set_aspect("equal")
    plot.set_axis_off()
    return int(on_map.sum()), int((~on_map).sum())
