"""TensorFlow writes at the positions."""

import numpy as np
import tensorflow as tf


def flip_labels(labels, share, order, draws, classes=10):
    first = order[: round(share * len(labels))]
    steps = 1 + np.floor(draws * (classes - 1)).astype(int)
    moved = (labels.astype(int) + steps) % classes
    given = tf.constant(labels.astype(int))
    return tf.tensor_scatter_nd_update(given, first[:, None], moved[first])
