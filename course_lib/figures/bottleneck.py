"""The narrow middle of an excitation, and what it costs."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.arguments import positive, whole
from course_lib.figures import style
from course_lib.figures.inputs import at_least_one, count_of

_ENDS, _MIDDLE, _HALF = (0.0, 2.0), 1.0, 0.09  # where the three layers stand, and half the width of one


@style.course_style()
def bottlenecks(channels: int, parameters: Mapping[int, int]) -> Figure:
    """Draw the three layers of an excitation as bars of units, one panel for each reduction ratio.

    The middle has C // r units.

    Args:
        channels: C, the width of both ends.
        parameters: From a reduction ratio r, at most C, to the number of trainable parameters, which is
            written below.

    Raises:
        ValueError: For sizes below 1, an r above C, and without a ratio.
    """
    positive(channels=channels)
    at_least_one(parameters=parameters)
    figure, axes = style.grid(1, len(parameters), width=max(3.2, 1.75 * len(parameters)), height=2.7)
    words = []
    for plot, (reduction, count) in zip(axes[0], parameters.items(), strict=True):
        whole(least=1, most=channels, reduction=reduction)
        hidden = channels // reduction
        _layers(plot, channels, hidden)
        plot.set_title(f"r = {reduction}")
        style.below(plot, f"{channels} → {hidden} → {channels}\n{count:,} parameters", fontsize=11)
        words.append(f"r = {reduction}, {count_of(hidden, 'unit')} and {count:,} parameters")
    return style.describe(
        figure, f"The middle of an excitation of {count_of(channels, 'channel')}: {'; '.join(words)}."
    )


def _layers(plot: Axes, channels: int, hidden: int) -> None:
    """Draw bars as high as the layers are wide; between them, shaded, the weights."""
    tops = (channels / 2, hidden / 2)
    for end in _ENDS:
        plot.fill_between(
            (end, _MIDDLE), tops, (-tops[0], -tops[1]), color=style.SKY, alpha=0.35, linewidth=0
        )
    for place, top, colour in (
        (_ENDS[0], tops[0], style.BLUE),
        (_MIDDLE, tops[1], style.VERMILION),
        (_ENDS[1], tops[0], style.BLUE),
    ):
        plot.bar(place, 2 * top, 2 * _HALF, bottom=-top, color=colour)
    plot.set_xlim(_ENDS[0] - 2 * _HALF, _ENDS[1] + 2 * _HALF)
    plot.set_ylim(-tops[0], tops[0])
    plot.set_axis_off()
