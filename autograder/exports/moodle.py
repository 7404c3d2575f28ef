"""Moodle's grading worksheet, filled in."""

from __future__ import annotations

from autograder.exports.tables import Line, Table


class Moodle(Table):
    """The grading worksheet of one Moodle assignment (Submissions, Download grading worksheet).

    Its titles are known in English. In another language `column` names the grade, and the place of the others
    next to it tells what they are: who it is stands before the grade, the maximum right after it.
    """

    default_name = "moodle.csv"
    how_to_get = (
        "in the assignment: allow the offline grading worksheet, then Download grading worksheet; "
        "if Moodle speaks another language than English, name the column of the grade with --column"
    )
    how_to_set_maximum = "give the assignment points in Moodle, not a scale, and download the worksheet again"
    user_names = ("Username",)
    numbers = ("ID number",)
    grade = "Grade"
    changeable = "Grade can be changed"

    def needed(self) -> tuple[str, ...]:
        return () if self.column else ("Identifier", self.grade)

    def identities(self, titles: list[str]) -> tuple[str, ...]:
        if known := [title for title in ("Username", "ID number", "Email address") if title in titles]:
            return tuple(known)
        grade = self.column or self.grade
        return tuple(titles[2 : titles.index(grade)])  # after Moodle's own number and the full name

    def find_column(self, titles: list[str], lesson: str) -> str:
        return self.grade

    def maximum(self, titles: list[str], lines: list[Line], column: str) -> str:
        after = titles[titles.index(column) + 1 :]
        title = next((title for title in after if title.casefold() == "maximum grade"), None)
        if title is None and column != self.grade:
            title = next(iter(after), None)
        return next((line[title].strip() for line in lines if title and line[title].strip()), "")

    def tells_locked(self, titles: list[str]) -> bool:
        return self.changeable in titles

    def is_locked(self, line: Line) -> bool:
        return line.get(self.changeable, "").strip().casefold() == "no"
