"""The author's commands, a module each.

`pyproject.toml` announces them in the entry-point group `course.author`.
"""
