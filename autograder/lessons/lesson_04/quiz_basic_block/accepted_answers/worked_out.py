"""A formula."""

quiz_basic_block_answer = 18 * 64**2 + 4 * 64
