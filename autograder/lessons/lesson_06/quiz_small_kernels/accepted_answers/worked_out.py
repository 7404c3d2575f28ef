"""Another way to write the number."""

quiz_small_kernels_answer = 16 * 2 * (49 - 9)
