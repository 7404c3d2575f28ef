"""Grades for Canvas and Moodle: nbgrader export plugins that fill in the file the platform gave out.

Both platforms take back the table that they export: Canvas its gradebook, Moodle the grading worksheet of an
assignment. So a plugin reads that file, finds each student's line, and writes it again with the points in it.

    nbgrader export --exporter=autograder.exports.Canvas --Canvas.table=FILE --assignment=01_channel_attention

tables   what all platforms share
canvas   Canvas' gradebook
moodle   Moodle's grading worksheet
"""

from autograder.exports.canvas import Canvas
from autograder.exports.moodle import Moodle
from autograder.exports.tables import Filled, Table, export_summary

__all__ = ["Canvas", "Filled", "Moodle", "Table", "export_summary"]
