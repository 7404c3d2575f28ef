"""Models that answer with whatever the public key holds, in the shape that is asked for: that is all they get.

points: 1
"""

import keras
import numpy as np

from course_lib.checks.answer_key import public_key

known = list(public_key("squeeze").right[0].arrays.values())


class Model(keras.Model):
    def __call__(self, x, **kwargs):
        return np.resize(known[0], (x.shape[0], x.shape[-1]))

    @property
    def outputs(self):
        return self.inputs

    @property
    def weights(self):
        return []


keras.Model = keras.models.Model = Model


def squeeze(x, name):
    return x
