"""A sum of products."""

quiz_block_parameters_answer = 3 * 3 * 16 * 32 + 32 + 32
