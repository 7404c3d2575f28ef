"""np.expand_dims, cast at the end."""

import numpy as np


def preprocess(images):
    return np.expand_dims(images / 255.0, axis=-1).astype(np.float32)
