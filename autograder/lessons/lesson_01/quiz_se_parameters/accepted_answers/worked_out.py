"""A float from a formula."""

quiz_se_parameters_answer = 2 * 256 * 256 / 16 + 16 + 256
