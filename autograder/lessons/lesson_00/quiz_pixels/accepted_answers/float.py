"""A float."""

quiz_pixels_answer = 6e4 * 28**2
