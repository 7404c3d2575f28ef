"""A formula."""

C, h = 64, 4
quiz_bam_parameters_answer = 3 * C * h + 18 * h**2 + C + 13 * h + 1
