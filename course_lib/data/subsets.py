"""Subsets in which every class keeps its share, or has the same number of images."""

import numpy as np
from numpy.typing import NDArray

from course_lib.data.arguments import class_numbers, whole


def stratified_split(
    labels: NDArray[np.integer], size: int, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split into a part of `size` images and the rest; each class has its share of both.

    A class's count is its exact share where that is a whole number, and otherwise one of the two whole
    numbers beside it. Made by scikit-learn's `train_test_split`.

    Args:
        labels: Shape (n,), whole numbers from 0; at least two images of each class.
        size: How many images the first part has; each part must have room for every class.
        seed: A whole number, 0 or more. The same arguments give the same split.

    Returns:
        Two arrays of positions in `labels`, both in random order: (size,) and (n - size,).

    Raises:
        ValueError: An argument is out of its range, or a class has a single image.
    """
    from sklearn.model_selection import train_test_split  # takes a second to load

    labels = class_numbers(labels)
    names, counts = np.unique(labels, return_counts=True)
    if counts.min() < 2:
        raise ValueError(
            f"labels hold class {names[counts.argmin()]} once; "
            "a split needs at least two images of each class."
        )
    whole(least=len(names), most=len(labels) - len(names), size=size)
    whole(least=0, most=2**32 - 1, seed=seed)
    first, rest = train_test_split(
        np.arange(len(labels)), train_size=size, stratify=labels, random_state=int(seed)
    )
    return first, rest


def stratified_subset(labels: NDArray[np.integer], size: int, seed: int) -> NDArray[np.int64]:
    """Return `size` positions in `labels`, (size,), each class with its share; see `stratified_split`."""
    return stratified_split(labels, size, seed)[0]


def balanced_subset(labels: NDArray[np.integer], per_class: int, seed: int) -> NDArray[np.int64]:
    """Return positions of exactly `per_class` images of each class, in random order.

    With one seed, the images of a smaller subset are all in a larger one.

    Args:
        labels: Shape (n,), whole numbers from 0.
        per_class: From 1 to the number of images of the rarest class.
        seed: A whole number, 0 or more. The same arguments give the same subset.

    Returns:
        Positions in `labels`, shape (per_class · classes,).

    Raises:
        ValueError: An argument is out of its range.
    """
    labels = class_numbers(labels)
    names, counts = np.unique(labels, return_counts=True)
    whole(least=1, most=int(counts.min()), per_class=per_class)
    whole(least=0, seed=seed)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels))
    shuffled = labels[order]
    chosen = [order[np.flatnonzero(shuffled == name)[:per_class]] for name in names]
    return rng.permutation(np.concatenate(chosen))
