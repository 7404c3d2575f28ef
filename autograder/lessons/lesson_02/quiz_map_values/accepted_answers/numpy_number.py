"""A NumPy product."""

import numpy as np

quiz_map_values_answer = np.prod((56, 56))
