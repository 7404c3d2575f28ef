"""Noisy labels: some labels are wrong, and it is known which ones and how."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_lib.data.arguments import class_numbers, share, whole


@dataclass(frozen=True)
class NoisyLabels:
    """Labels of which some are wrong, and the truth about them.

    Attributes:
        labels: Shape (n,), the labels to train on, in the type of the clean ones, or in one that holds all
            classes.
        clean: Shape (n,), bool: true where the label was left right.
        matrix: Shape (classes, classes): row the true class, column the label, entry its probability.
    """

    labels: NDArray[np.integer]
    clean: NDArray[np.bool_]
    matrix: NDArray[np.float64]


def noisy_labels(labels: NDArray[np.integer], noise: float, seed: int, classes: int = 10) -> NoisyLabels:
    """Draw each label anew from the row of its class in the confusion matrix; see `label_noise_matrix`.

    Each image is drawn for itself, so the share of wrong labels is `noise` up to chance. With one seed the
    wrong labels of a lower noise stay wrong, in the same way, at a higher one: runs at several noises differ
    by the added noise alone.

    Args:
        labels: Shape (n,), whole numbers from 0 to `classes` - 1.
        noise: The share of wrong labels, 0 to 1; 0.1, 0.3, 0.5 and 0.7 in the paper.
        seed: A whole number, 0 or more. The same arguments give the same labels.
        classes: How many classes there are, at least 2.

    Raises:
        ValueError: An argument is out of its range.

    Reference: Wang and others, "Residual Attention Network for Image Classification", 2017, arXiv:1704.06904.
    """
    matrix = label_noise_matrix(noise, classes)
    labels = class_numbers(labels, classes)
    whole(least=0, seed=seed)
    rng = np.random.default_rng(seed)
    clean = rng.random(len(labels)) >= noise
    wrong = (labels.astype(np.int64) + rng.integers(1, classes, len(labels))) % classes  # never the true one
    kind = np.promote_types(labels.dtype, np.min_scalar_type(classes - 1))  # uint8 does not hold class 299
    return NoisyLabels(np.where(clean, labels, wrong).astype(kind), clean, matrix)


def label_noise_matrix(noise: float, classes: int = 10) -> NDArray[np.float64]:
    """Return the confusion matrix Q of the residual attention paper, (classes, classes).

    Equation:
        Q_ij = r                      for i = j, with r = 1 - noise the share of clean labels
        Q_ij = (1 - r) / (K - 1)      otherwise, with K classes; (1 - r) / 9 in the paper

    Args:
        noise: The share of wrong labels, 0 to 1.
        classes: K, at least 2.

    Raises:
        ValueError: An argument is out of its range.

    Reference: as of `noisy_labels`.
    """
    share(noise=noise)
    whole(least=2, classes=classes)
    matrix = np.full((classes, classes), noise / (classes - 1))
    np.fill_diagonal(matrix, 1 - noise)
    return matrix


def shuffled_labels(labels: NDArray[np.integer], seed: int) -> NDArray[np.integer]:
    """Return the same labels in random order: what is learned from them owes nothing to the images.

    This is a control for a map or a gate: whatever is left of it comes from the network's form and from the
    images, not from the task.

    Args:
        labels: Shape (n,), whole numbers from 0.
        seed: A whole number, 0 or more.

    Raises:
        ValueError: An argument is out of its range.

    Reference: the data randomisation test of Adebayo and others, "Sanity Checks for Saliency Maps", 2018,
    arXiv:1810.03292.
    """
    whole(least=0, seed=seed)
    return np.random.default_rng(seed).permutation(class_numbers(labels))
