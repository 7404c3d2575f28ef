"""A number of NumPy's."""

import numpy as np

quiz_code_size_answer = np.prod([14, 14, 8])
