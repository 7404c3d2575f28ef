"""Module by module."""

quiz_bam_network_answer = 1173 + 4457 + 17361
