"""The gates of a channel attention block: by channel, by class, side by side."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures import style
from course_lib.figures.inputs import count_of, finite

_MOST_TICKS = 24  # channel numbers that fit below an axis


@style.course_style()
def gate_profile(gates: np.ndarray, informative: np.ndarray | None = None, *, title: str = "") -> Figure:
    """Draw each channel's mean gate, highest first, with the spread over the images.

    Args:
        gates: Shape (N, C), one row an image.
        informative: Shape (C,), booleans, the known truth; it colours the channels and picks their marker, so
            that the figure reads without colour too. None where it is not known.
        title: Title of the figure.

    Raises:
        ValueError: For other shapes, and for NaN.
    """
    gates = _gates(gates)
    order = np.argsort(gates.mean(axis=0))[::-1]
    places = np.arange(len(order))
    middle = gates.mean(axis=0)[order]
    spread = gates.std(axis=0)[order]
    figure, axes = style.grid(1, 1, width=8, height=3.2)
    plot = axes[0, 0]
    words = (
        f"Mean gates of {count_of(len(order), 'channel')}, highest first: "
        f"from {middle[0]:.2f} (channel {order[0]}) to {middle[-1]:.2f} (channel {order[-1]})."
    )
    if informative is None:
        plot.errorbar(places, middle, yerr=spread, fmt="o", color=style.BLUE, markersize=6)
    else:
        truth = np.asarray(informative, dtype=bool)
        if truth.shape != gates.shape[1:]:
            raise ValueError(
                f"informative of shape {truth.shape} is not allowed for gates of shape {gates.shape}; "
                "give one boolean a channel."
            )
        truth = truth[order]
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
        # Above the plot, where no gate can be.
        plot.legend(loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0.2, frameon=False, ncols=2)
        if truth.all() or not truth.any():
            words += f" All of them {'carry the garment' if truth.all() else 'are noise'}."
        else:
            words += (
                f" Channels that carry the garment have {middle[truth].mean():.2f} in the mean, "
                f"noise channels {middle[~truth].mean():.2f}."
            )
    plot.set_ylim(0, 1.05)
    step = -(-len(order) // _MOST_TICKS)
    plot.set_xticks(places[::step], [str(channel) for channel in order[::step]], fontsize=10)
    plot.set_xlabel("channel, highest gate first")
    plot.set_ylabel("gate")
    if title:
        plot.set_title(title, loc="left")
    return style.describe(figure, words)


@style.course_style()
def gate_profiles(gates: np.ndarray, labels: np.ndarray, class_names: Sequence[str]) -> Figure:
    """Draw the mean gate of every channel, a column, for every class, a row.

    The channels are ordered by how far apart their classes are; a block that treats all classes alike has no
    pattern even on the left.

    Args:
        gates: Shape (N, C), one row an image.
        labels: Shape (N,), class numbers from 0.
        class_names: One for each class number.

    Raises:
        ValueError: If there is not one label per row of gates, a class has no image, a label has no name, or
            for NaN.
    """
    gates = _gates(gates)
    labels = np.asarray(labels)
    if labels.shape != gates.shape[:1]:
        raise ValueError(
            f"labels of shape {labels.shape} do not suit gates of shape {gates.shape}; "
            "give one label per row."
        )
    if outside := sorted(set(labels.tolist()) - set(range(len(class_names)))):
        raise ValueError(
            f"labels hold {outside[0]}, which has no name; class_names holds {len(class_names)}, for 0 to "
            f"{len(class_names) - 1}."
        )
    if missing := [name for number, name in enumerate(class_names) if not (labels == number).any()]:
        raise ValueError(
            f"labels hold no {style.listed(missing)}; give images of every class in class_names."
        )
    means = np.stack([gates[labels == number].mean(axis=0) for number in range(len(class_names))])
    spread = means.max(axis=0) - means.min(axis=0)  # (C,)
    order = np.argsort(spread)[::-1]
    figure, axes = style.grid(1, 1, width=8, height=0.32 * len(class_names) + 1.2)
    plot = axes[0, 0]
    drawn = plot.imshow(means[:, order], cmap=style.SEQUENTIAL, vmin=0, vmax=1, aspect="auto")
    figure.colorbar(drawn, ax=plot, label="mean gate", fraction=0.04, pad=0.02)
    plot.set_yticks(range(len(class_names)), class_names)
    step = -(-len(order) // _MOST_TICKS)
    plot.set_xticks(range(0, len(order), step), [str(channel) for channel in order[::step]], fontsize=10)
    plot.set_xlabel("channel, classes furthest apart first")
    top = order[0]
    return style.describe(
        figure,
        f"Mean gates of {count_of(len(order), 'channel')} for {len(class_names)} classes. "
        f"The classes are furthest apart in channel {top}: "
        f"from {means[:, top].min():.2f} ({class_names[int(means[:, top].argmin())]}) to "
        f"{means[:, top].max():.2f} ({class_names[int(means[:, top].argmax())]}); "
        f"half of the channels differ by less than {np.median(spread):.2f}.",
    )


@style.course_style()
def gate_shapes(gates: Mapping[str, np.ndarray]) -> Figure:
    """Draw several gate vectors for the same scores as bars, one panel each, with their sum.

    Args:
        gates: From a name to a vector (C,).

    Raises:
        ValueError: Without a vector, for other shapes, and for NaN.
    """
    if not gates:
        raise ValueError("gates={} is not allowed; give at least one vector.")
    for name, values in gates.items():
        finite(**{f"gates[{name!r}]": values})
        if np.ndim(values) != 1 or not len(values):
            raise ValueError(f"gates[{name!r}] of shape {np.shape(values)} is not allowed; give (C,).")
    figure, axes = style.grid(1, len(gates), width=3.6 * len(gates), height=2.8)
    for plot, (name, values), colour in zip(axes[0], gates.items(), style.CYCLE, strict=False):
        plot.bar(np.arange(len(values)), values, color=colour)
        plot.set_ylim(0, 1.05)
        plot.set_title(f"{name}: sum {np.sum(values):.2f}", loc="left")
        plot.set_xlabel("channel")
        plot.set_xticks(np.arange(len(values)))
    axes[0, 0].set_ylabel("gate")
    words = (
        f"{name}: {', '.join(f'{value:.2f}' for value in values)}, sum {np.sum(values):.2f}"
        for name, values in gates.items()
    )
    return style.describe(figure, f"Gates for the same scores. {'; '.join(words)}.")


def _gates(gates: np.ndarray) -> np.ndarray:
    """Return the gates as an array (N, C) of finite numbers."""
    gates = np.asarray(gates)
    if gates.ndim != 2 or 0 in gates.shape:
        raise ValueError(f"gates of shape {gates.shape} are not allowed; give (N, C), one row an image.")
    finite(gates=gates)
    return gates
