"""A NumPy integer."""

import numpy as np

quiz_se_parameters_answer = np.int64(8464)
