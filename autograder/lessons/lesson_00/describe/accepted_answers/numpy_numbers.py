"""NumPy numbers, a list for the shape, another order of keys."""

import numpy as np


def describe(images):
    return {
        "mean": np.mean(images),
        "max": np.max(images),
        "min": np.min(images),
        "shape": list(images.shape),
        "size": images.shape[0],
    }
