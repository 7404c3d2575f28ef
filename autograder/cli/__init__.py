"""The instructor's commands, a module each, and what `course doctor` says of grading.

`pyproject.toml` announces them in the entry-point groups `course.instructor` and `course.doctor`.
"""
