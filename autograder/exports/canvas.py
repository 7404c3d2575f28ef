"""Canvas' gradebook, filled in."""

from __future__ import annotations

import re

from autograder.exports.tables import Line, Table
from course_lib.errors import CourseError


class Canvas(Table):
    """The gradebook as Canvas exports it (Grades, Export); handed back with this one assignment."""

    default_name = "canvas.csv"
    how_to_get = "in Canvas, set to English: Grades, Export, Export Entire Gradebook"
    how_to_set_maximum = (
        "name a column with --column that has points of its own, more than 0 in the line Points Possible"
    )
    user_names = ("SIS Login ID",)
    numbers = ("SIS User ID",)
    fixed = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")

    def needed(self) -> tuple[str, ...]:
        return ("Student", "ID", "Section")

    def identities(self, titles: list[str]) -> tuple[str, ...]:
        # Not `ID`: Canvas counts people with it, and a student's name may be the same number.
        return tuple(title for title in ("SIS Login ID", "SIS User ID") if title in titles)

    def find_column(self, titles: list[str], lesson: str) -> str:
        """The one assignment that is titled with the lesson's number or, without a number, with its name."""
        found = [title for title in titles if title not in self.fixed and is_about(title, lesson)]
        if len(found) != 1:
            seen = " and ".join(found) or "none"
            raise CourseError(
                f"Which assignment is {lesson}? Found: {seen}.",
                where=self.table,
                fix="name it with --column, exactly as it stands in the table",
            )
        return found[0]

    def maximum(self, titles: list[str], lines: list[Line], column: str) -> str:
        return next(
            (line[column].strip() for line in lines if line["Student"].strip() == "Points Possible"), ""
        )

    def is_student(self, line: Line) -> bool:
        return bool(line["ID"].strip())

    def keep(self, titles: list[str], column: str) -> list[str]:
        return [title for title in titles if title in self.fixed or title == column]


def is_about(title: str, lesson: str) -> bool:
    """Is a column of Canvas, such as "Lesson 1: channel attention (12)", the assignment of a lesson?"""
    number, slug = lesson.split("_", 1)
    text = title.casefold().replace("_", " ")
    if not re.search(r"\(\d+\)$", text):
        return False
    numbers = re.findall(r"\b(?:lesson|assignment|notebook)\s*#?(\d+(?:[.,]\d+)?)", text)
    if numbers:
        return all(each.isdigit() and int(each) == int(number) for each in numbers)
    return bool(re.search(rf"\b{slug.replace('_', ' ')}\b", text))
