"""By hand."""

quiz_statistics_answer = 22528
