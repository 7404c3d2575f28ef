"""The formula."""

quiz_kernel_weights_answer = 7 * 7 * 2 * 1
