"""Steps of 0 for all that stay right."""

import numpy as np


def flip_labels(labels, share, order, draws, classes=10):
    steps = np.zeros(len(labels), dtype=int)
    flipped = order[: round(share * len(labels))]
    steps[flipped] = 1 + (draws[flipped] * (classes - 1)).astype(int)
    return (labels + steps) % classes
