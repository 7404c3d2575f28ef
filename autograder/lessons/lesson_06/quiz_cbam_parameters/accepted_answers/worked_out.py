"""Another way to write the number."""

quiz_cbam_parameters_answer = 2 * 256 * (256 // 16) + 256 // 16 + 256 + 2 * 7**2 + 2
