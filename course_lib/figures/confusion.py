"""A confusion matrix: which classes are taken for which."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures import style
from course_lib.figures.inputs import count_of


@style.course_style()
def confusion_matrix(
    truth: np.ndarray, predicted: np.ndarray, class_names: Sequence[str], *, title: str = ""
) -> Figure:
    """Draw the share of each true class, a row, that was given each label, a column, in percent.

    Args:
        truth: Shape (N,), class numbers from 0. A class that does not occur has an empty row.
        predicted: Shape (N,), class numbers from 0.
        class_names: One for each class number.
        title: Title of the figure.

    Raises:
        ValueError: If the lengths differ or a number has no name.
    """
    from sklearn.metrics import confusion_matrix as counted

    truth, predicted = np.asarray(truth), np.asarray(predicted)
    if truth.shape != predicted.shape or truth.ndim != 1 or truth.size == 0:
        raise ValueError(
            f"truth of shape {truth.shape} and predicted of shape {predicted.shape} are not allowed; "
            "give class numbers of shape (n,) for both."
        )
    names = list(class_names)
    lowest = min(truth.min(), predicted.min())
    if lowest < 0:
        raise ValueError(f"truth or predicted hold {lowest}, which is not allowed; give numbers from 0.")
    highest = int(max(truth.max(), predicted.max()))
    if highest >= len(names):
        raise ValueError(
            f"class_names holds {len(names)} names, which do not suit class {highest}; give {highest + 1}."
        )
    counts = counted(truth, predicted, labels=np.arange(len(names)))
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    side = 0.52 * len(names)
    figure, axes = style.grid(1, 1, width=side + 2.0, height=side + 1.6)
    plot = axes[0, 0]
    plot.imshow(shares, cmap=style.SEQUENTIAL, vmin=0, vmax=1)
    for (row, column), share in np.ndenumerate(shares):
        if share >= 0.005:
            colour = "black" if share > 0.5 else "white"
            plot.text(column, row, f"{100 * share:.0f}", ha="center", va="center", color=colour, fontsize=11)
    plot.set_xticks(range(len(names)), names, rotation=45, ha="right", rotation_mode="anchor")
    plot.set_yticks(range(len(names)), names)
    plot.set_xlabel("given label")
    plot.set_ylabel("true class")
    plot.set_title(title or "percent of each true class", loc="left")
    right = float((truth == predicted).mean())
    wrong = np.where(np.eye(len(names), dtype=bool), 0, shares)
    row, column = np.unravel_index(wrong.argmax(), wrong.shape)
    mixed = f" The most common slip: {wrong.max():.0%} of {names[row]} is taken for {names[column]}."
    seen = f"Confusion matrix of {count_of(len(truth), 'image')}; {right:.1%} are right."
    return style.describe(figure, f"{seen}{mixed if wrong.any() else ''}")
