"""np.put and np.take."""

import numpy as np


def flip_labels(labels, share, order, draws, classes=10):
    count = int(np.rint(share * len(order)))
    places = order[:count]
    steps = np.trunc(np.take(draws, places) * (classes - 1)).astype("int64") + 1
    noisy = np.copy(labels)
    np.put(noisy, places, np.mod(np.take(labels, places) + steps, classes))
    return noisy
