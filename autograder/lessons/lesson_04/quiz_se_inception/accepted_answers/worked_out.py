"""A formula."""

quiz_se_inception_answer = 2 * 576 * 576 / 16 + 36 + 576
