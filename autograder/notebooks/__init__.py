"""Lesson sources and notebooks, and nbgrader under the course's settings.

percent_source       a lesson source, cell by cell
named_stub           what stands in a student's notebook in place of a solution
cells_to_run         which cells of a submission must run to grade it
nbgrader_settings    nbgrader_config.py, the gradebook, and what nbgrader logs
"""
