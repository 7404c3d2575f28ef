"""One image after the other."""

import numpy as np


def preprocess(images):
    return np.stack([np.divide(image, 255, dtype="float32")[:, :, None] for image in images])
