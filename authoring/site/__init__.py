"""The course's web site: `course book` makes it from stored results, without running anything.

The pages are collected in a folder (`staging`), and Sphinx turns that folder into HTML (`docs/conf.py`).
Lessons are the students' notebooks with what their cells gave when the author ran them (`outputs`).
"""
