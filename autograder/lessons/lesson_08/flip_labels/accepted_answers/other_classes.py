"""A list of the other classes, in the order of the steps."""

import numpy as np


def flip_labels(labels, share, order, draws, classes=10):
    noisy = np.array(labels)
    for i in order[: round(share * labels.size)]:
        others = [(int(labels[i]) + k) % classes for k in range(1, classes)]
        noisy[i] = others[int(draws[i] * len(others))]
    return noisy
