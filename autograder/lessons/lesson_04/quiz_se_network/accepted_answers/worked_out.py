"""A formula."""

quiz_se_network_answer = sum(2 * (c * c // 8 + c // 16 + c) for c in (64, 128, 256, 512))
