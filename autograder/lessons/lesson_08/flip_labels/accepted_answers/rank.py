"""By each image's rank in the order."""

import numpy as np


def flip_labels(labels, share, order, draws, classes=10):
    rank = np.argsort(order)
    flip = rank < round(share * len(labels))
    step = 1 + np.floor_divide(draws * (classes - 1), 1).astype(int)
    return (labels + flip * step) % classes
