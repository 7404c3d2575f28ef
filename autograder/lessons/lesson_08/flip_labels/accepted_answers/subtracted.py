"""Counting begins again by subtraction."""

import math

import numpy as np


def flip_labels(labels, share, order, draws, classes=10):
    result = np.array(labels, dtype=np.int32)
    for i in range(round(share * len(labels))):
        at = order[i]
        moved = int(labels[at]) + 1 + math.floor(draws[at] * (classes - 1))
        result[at] = moved - classes if moved >= classes else moved
    return result
