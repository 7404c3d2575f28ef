"""A number with a point."""

quiz_stages_answer = 2.0
