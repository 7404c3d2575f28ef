"""Checks of the data's arguments: the general ones, and that of labels."""

import numpy as np
from numpy.typing import NDArray

from course_lib.arguments import share, whole

__all__ = ["class_numbers", "share", "whole"]


def class_numbers(labels: NDArray[np.integer], classes: int | None = None) -> NDArray[np.integer]:
    """Return labels as an array (n,).

    Args:
        labels: Whole numbers (n,), from 0 to `classes` - 1.
        classes: Number of classes; None sets no upper limit.

    Raises:
        ValueError: If the labels are of another form.
    """
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(
            f"labels of shape {labels.shape} and type {labels.dtype} are not allowed; "
            "give whole numbers of shape (n,), at least one."
        )
    if labels.min() < 0 or (classes is not None and labels.max() >= classes):
        wrong = labels.min() if labels.min() < 0 else labels.max()
        highest = "" if classes is None else f" to {classes - 1}"
        raise ValueError(f"labels hold {wrong}, which is not allowed; give class numbers from 0{highest}.")
    return labels
