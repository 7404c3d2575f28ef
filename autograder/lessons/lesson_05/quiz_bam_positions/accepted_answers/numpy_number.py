"""A NumPy number."""

import numpy as np

quiz_bam_positions_answer = np.square(np.unique(np.add.outer([-4, 0, 4], [-1, 0, 1])).size)
