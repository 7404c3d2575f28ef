"""Half of the kernel."""

quiz_reach_answer = (7 - 1) / 2
