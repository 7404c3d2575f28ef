"""The other classes, counted from the first."""

import numpy as np


def flip_labels(labels, share, order, draws, classes=10):
    noisy = labels.copy()
    for i in order[: round(share * len(labels))]:
        others = np.delete(np.arange(classes), labels[i])
        noisy[i] = others[int(draws[i] * (classes - 1))]
    return noisy
