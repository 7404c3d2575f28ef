"""Rounded to whole megabytes."""

quiz_memory_answer = 188
