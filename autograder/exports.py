"""Grades for Canvas and Moodle: nbgrader export plugins that fill in the file the platform gave out.

Both platforms take back the table that they export: Canvas its gradebook, Moodle the grading worksheet of an
assignment. So a plugin reads that file, finds each student's line, and writes it again with the points in it.

    nbgrader export --exporter=autograder.exports.Canvas --Canvas.table=FILE --assignment=01_channel_attention
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins.export import ExportPlugin
from traitlets import Unicode

from course_lib.errors import CourseError

Line = dict[str, str]


@dataclass(frozen=True)
class Filled:
    """What became of an export.

    text: the file to upload. entered: students whose points are in it. absent: students with points who are
    not in the platform's file. waiting: students entered who still wait for grading by hand.
    scale: what points were multiplied by, because the platform's maximum is another than the lesson's.
    """

    text: str
    entered: tuple[str, ...]
    absent: tuple[str, ...]
    waiting: tuple[str, ...]
    scale: float


class Table(ExportPlugin):  # type: ignore[misc]
    """A platform's own table, filled in. `table`: the downloaded file; `column`: where points belong."""

    table = Unicode("", help="the file that the platform gave out").tag(config=True)
    column = Unicode("", help="title of the column for the points; found by the lesson's name").tag(
        config=True
    )
    default_name = "grades.csv"

    def export(self, gradebook: Gradebook) -> None:
        """Write the filled table to `to`, and log what is in it."""
        if len(self.assignment) != 1:
            raise CourseError("Which lesson?", fix="name one: --assignment=01_channel_attention")
        filled = self.fill(gradebook, str(self.assignment[0]))
        path = Path(self.to or self.default_name)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(filled.text)
        for told in report(filled):
            self.log.info(told)
        self.log.info("Written: %s", path)

    def fill(self, gradebook: Gradebook, lesson: str) -> Filled:
        """The platform's table with the points of `lesson` in it.

        Raises CourseError when the table is none of this platform, or the lesson has not been graded.
        """
        try:
            most = float(gradebook.find_assignment(lesson).max_score)
        except MissingEntry:
            raise CourseError(
                f"{lesson} is not in the gradebook.", fix=f"run `course grade {lesson[:2]}` first"
            ) from None
        titles, lines = self.read()
        column = self.column or self.find_column(titles, lesson)
        if column not in titles:
            raise CourseError(
                f"The table has no column {column!r}.",
                where=self.table,
                fix=f"there are: {', '.join(titles)}",
            )
        theirs = self.maximum(lines, column)
        scale = theirs / most if theirs and most else 1.0
        points = dict(points_of(gradebook, lesson))
        if self.student:
            points = {student: points[student] for student in self.student if student in points}
        entered, waiting = [], []
        for line in filter(self.is_student, lines):
            student = self.student_of(line, points)
            if student is not None:
                line[column] = f"{round(points[student][0] * scale, 2):g}"
                entered.append(student)
                if points[student][1]:
                    waiting.append(student)
        if repeated := {student for student in entered if entered.count(student) > 1}:
            raise CourseError(
                f"Several lines fit {', '.join(sorted(repeated))}.",
                where=self.table,
                fix="give these students names of their own in the platform's file",
            )
        written = io.StringIO()
        writer = csv.DictWriter(
            written, self.keep(titles, column), extrasaction="ignore", lineterminator="\r\n"
        )
        writer.writeheader()
        writer.writerows(lines)
        absent = tuple(sorted(points.keys() - set(entered)))
        return Filled(written.getvalue(), tuple(entered), absent, tuple(waiting), scale)

    def read(self) -> tuple[list[str], list[Line]]:
        """Titles and lines of the platform's table."""
        try:
            text = Path(self.table).read_text(encoding="utf-8-sig")
            reader = csv.DictReader(io.StringIO(text), restval="")
            titles, lines = list(reader.fieldnames or []), list(reader)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CourseError(f"The table cannot be read: {error}.", where=self.table) from None
        if missing := [title for title in self.needed if title not in titles]:
            raise CourseError(
                f"This is no table of {type(self).__name__}: it has no column {missing[0]!r}.",
                where=self.table,
                fix=self.how_to_get,
            )
        return titles, lines

    needed: tuple[str, ...] = ()
    how_to_get = ""
    identities: tuple[str, ...] = ()

    def find_column(self, titles: list[str], lesson: str) -> str:
        """The column where the points of a lesson belong."""
        raise NotImplementedError

    def maximum(self, lines: list[Line], column: str) -> float | None:
        """The most points the platform gives there, if the table says so."""
        raise NotImplementedError

    def is_student(self, line: Line) -> bool:
        return True

    def keep(self, titles: list[str], column: str) -> list[str]:
        """The columns to hand back."""
        return titles

    def student_of(self, line: Line, known: dict[str, tuple[float, bool]]) -> str | None:
        """Who a line belongs to: whoever has one of its identities as a name, in any case of letters."""
        names = {student.casefold(): student for student in known}
        for title in self.identities:
            identity = line.get(title, "").strip().casefold()
            for name in (identity, identity.partition("@")[0]):
                if name and name in names:
                    return names[name]
        return None


class Canvas(Table):
    """The gradebook as Canvas exports it (Grades, Export); handed back with this one assignment."""

    default_name = "canvas.csv"
    needed = ("Student", "ID", "Section")
    how_to_get = "in Canvas: Grades, Export, Export Entire Gradebook"
    identities = ("SIS Login ID", "SIS User ID", "ID")
    fixed = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")

    def find_column(self, titles: list[str], lesson: str) -> str:
        """The one assignment whose title begins with the lesson's number, or holds its name."""
        number, slug = lesson.split("_", 1)
        words = slug.replace("_", " ")
        found = [
            title
            for title in titles
            if title not in self.fixed
            and re.search(r"\(\d+\)$", title)
            and (re.match(rf"\D*0?{int(number)}\b", title) or words in title.casefold().replace("_", " "))
        ]
        if len(found) != 1:
            seen = " and ".join(found) or "none"
            raise CourseError(
                f"Which assignment is {lesson}? Found: {seen}.",
                where=self.table,
                fix="name it with --column, exactly as it stands in the table",
            )
        return found[0]

    def maximum(self, lines: list[Line], column: str) -> float | None:
        for line in lines:
            if line["Student"].strip() == "Points Possible":
                with_number = re.fullmatch(r"\s*([\d.]+)\s*", line[column])
                return float(with_number[1]) if with_number else None
        return None

    def is_student(self, line: Line) -> bool:
        return bool(line["ID"].strip())

    def keep(self, titles: list[str], column: str) -> list[str]:
        return [title for title in titles if title in self.fixed or title == column]


class Moodle(Table):
    """The grading worksheet of one Moodle assignment (Submissions, Download grading worksheet)."""

    default_name = "moodle.csv"
    needed = ("Identifier", "Grade")
    how_to_get = "in the assignment: allow the offline grading worksheet, then Download grading worksheet"
    identities = ("Username", "ID number", "Email address")

    def find_column(self, titles: list[str], lesson: str) -> str:
        return "Grade"

    def maximum(self, lines: list[Line], column: str) -> float | None:
        for title in ("Maximum Grade", "Maximum grade"):
            for line in lines:
                if line.get(title, "").strip():
                    return float(line[title].replace(",", "."))
        return None


def points_of(gradebook: Gradebook, lesson: str) -> Iterator[tuple[str, tuple[float, bool]]]:
    """Points of each student after the penalty for lateness, and whether a person still has to grade."""
    for submission in gradebook.assignment_submissions(lesson):
        points = float(submission.score) - float(submission.late_submission_penalty or 0)
        yield submission.student.id, (max(0.0, points), bool(submission.needs_manual_grade))


def report(filled: Filled) -> Iterator[str]:
    """What a person should know of an export, line by line."""
    yield f"{len(filled.entered)} students entered."
    if filled.scale != 1:
        yield f"Points were multiplied by {filled.scale:g}: the platform has another maximum than the lesson."
    if filled.waiting:
        yield f"{len(filled.waiting)} of them still wait for grading by hand: {', '.join(filled.waiting)}."
    if filled.absent:
        yield f"Graded, but not in the platform's table: {', '.join(filled.absent)}."
