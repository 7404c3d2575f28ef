"""A platform's own table, read, filled in with points, and written again: what all platforms share."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
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

    text: the file to upload. column: the one that was filled. entered: students whose points are in it.
    absent: students with points who are not in the platform's file. locked: those whose line the platform
    lets nobody change; None where the table does not tell. waiting: students entered who still wait for
    grading by hand.
    scale: what points were multiplied by, because the platform's maximum is another than the lesson's.
    """

    text: str
    column: str
    entered: tuple[str, ...]
    absent: tuple[str, ...]
    locked: tuple[str, ...] | None
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
        for told in export_summary(filled):
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
        maximum = self.maximum(titles, lines, column)
        theirs = number_in(maximum)
        if not theirs:
            raise CourseError(
                f"The most points that {column!r} can have cannot be read: {maximum or 'nothing'!r}.",
                where=self.table,
                fix=self.how_to_set_maximum,
            )
        scale = theirs / most if most else 1.0
        comma = any(_has_decimal_comma(text) for text in [maximum, *(line[column] for line in lines)])
        everybody = dict(_points_of(gradebook, lesson))
        points = {name: each for name, each in everybody.items() if not self.student or name in self.student}
        entered, waiting, locked = [], [], []
        for line, student in self.owners(titles, list(filter(self.is_student, lines)), names_of(points)):
            if self.is_locked(line):
                locked.append(student)
                continue
            written = f"{round(points[student][0] * scale, 2):g}"
            line[column] = written.replace(".", ",") if comma else written
            entered.append(student)
            if points[student][1]:
                waiting.append(student)
        return Filled(
            self._text_of(self.keep(titles, column), lines),
            column,
            tuple(entered),
            tuple(sorted(points.keys() - {*entered, *locked})),
            tuple(locked) if self.tells_locked(titles) else None,
            tuple(waiting),
            scale,
        )

    def owners(
        self, titles: list[str], lines: list[Line], names: dict[str, str]
    ) -> Iterator[tuple[Line, str]]:
        """The lines that belong to somebody in `names`, each with the student.

        A line belongs to whoever has one of its identities as a name. Where nobody has, the part of its
        e-mail address before the @ will do: when all addresses are of one domain, the line has no user name
        that says otherwise, and that student has no other line.

        Raises CourseError when a student has several.
        """
        known = [
            {title: text for title in self.identities(titles) if (text := line[title].strip().casefold())}
            for line in lines
        ]
        found = [next((names[text] for text in each.values() if text in names), None) for each in known]
        addresses = [text.partition("@") for each in known for text in each.values() if "@" in text]
        if len({domain for _, _, domain in addresses}) == 1:
            taken = set(found)
            for place, each in enumerate(known):
                local = next((text.partition("@")[0] for text in each.values() if "@" in text), "")
                student = names.get(local)
                if found[place] is None and student not in taken and not self.has_user_name(each):
                    found[place] = student
        owned = [(line, student) for line, student in zip(lines, found, strict=True) if student is not None]
        count = Counter(student for _, student in owned)
        if repeated := sorted(student for student in count if count[student] > 1):
            raise CourseError(
                f"Several lines fit {', '.join(repeated)}.",
                where=self.table,
                fix="give these students names of their own in the platform's file",
            )
        yield from owned

    def read(self) -> tuple[list[str], list[Line]]:
        """Titles and lines of the platform's table."""
        text = self._text()
        try:
            reader = csv.DictReader(io.StringIO(text), restval="", delimiter=_delimiter_of(text))
            titles, lines = list(reader.fieldnames or []), list(reader)
        except csv.Error as error:
            raise CourseError(f"The table cannot be read: {error}.", where=self.table) from None
        if missing := [title for title in self.needed() if title not in titles]:
            raise CourseError(
                f"This is no table of {type(self).__name__}: it has no column {missing[0]!r}.",
                where=f"{self.table}: {', '.join(titles) or 'no columns at all'}",
                fix=self.how_to_get,
            )
        return titles, lines

    def _text(self) -> str:
        try:
            return Path(self.table).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CourseError(f"The table cannot be read: {error}.", where=self.table) from None

    def _text_of(self, titles: list[str], lines: list[Line]) -> str:
        written = io.StringIO()
        writer = csv.DictWriter(
            written,
            titles,
            extrasaction="ignore",
            lineterminator="\r\n",
            delimiter=_delimiter_of(self._text()),
        )
        writer.writeheader()
        writer.writerows(lines)
        return written.getvalue()

    how_to_get = ""
    how_to_set_maximum = ""
    user_names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def has_user_name(self, known: Line) -> bool:
        """Does a line name a person by more than a number or an address? A number has digits in it."""
        return any(
            "@" not in text
            and (title in self.user_names or (title in self.numbers and not re.search(r"\d", text)))
            for title, text in known.items()
        )

    def needed(self) -> tuple[str, ...]:
        """The columns by which such a table is recognised."""
        raise NotImplementedError

    def identities(self, titles: list[str]) -> tuple[str, ...]:
        """The columns that may hold the name a student handed in under, the surest first."""
        raise NotImplementedError

    def find_column(self, titles: list[str], lesson: str) -> str:
        """The column where the points of a lesson belong."""
        raise NotImplementedError

    def maximum(self, titles: list[str], lines: list[Line], column: str) -> str:
        """The most points the platform gives there, as the table has it; empty if it does not say."""
        raise NotImplementedError

    def is_student(self, line: Line) -> bool:
        return True

    def tells_locked(self, titles: list[str]) -> bool:
        """Can `is_locked` know?"""
        return True

    def is_locked(self, line: Line) -> bool:
        """Does the platform let nobody change this line?"""
        return False

    def keep(self, titles: list[str], column: str) -> list[str]:
        """The columns to hand back."""
        return titles


def number_in(text: str) -> float | None:
    """A number written with point or comma; None where there is none, or where it may be two (1,000)."""
    bare = re.sub(r"[\s'’]", "", text)
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", bare):
        return None
    for decimal, thousands in (".,", ",."):
        if re.fullmatch(rf"(\d+|\d{{1,3}}(\{thousands}\d{{3}})+)(\{decimal}\d+)?", bare):
            return float(bare.replace(thousands, "").replace(decimal, "."))
    return None


def _has_decimal_comma(text: str) -> bool:
    return number_in(text) is not None and bool(re.fullmatch(r"[^,]*,\d+", text.strip()))


def _delimiter_of(text: str) -> str:
    """What stands after the first title of a table: comma, semicolon or tab."""
    found = re.match(r'(?:"[^"]*"|[^,;\t\n]*)([,;\t])', text)
    return found[1] if found else ","


def names_of(points: Iterable[str]) -> dict[str, str]:
    """Students by name in small letters; raises CourseError when two names differ in nothing else."""
    names: dict[str, str] = {}
    for student in points:
        other = names.setdefault(student.casefold(), student)
        if other != student:
            raise CourseError(
                f"{other} and {student} differ only in small and capital letters; "
                "no table can say who is who.",
                where="the gradebook",
                fix="move the folder of one to another name in submitted/, and grade again; "
                "`nbgrader db student remove` takes the old name out of the gradebook",
            )
    return names


def _points_of(gradebook: Gradebook, lesson: str) -> Iterator[tuple[str, tuple[float, bool]]]:
    """Points of each student after the penalty for lateness, and whether a person still has to grade."""
    for submission in gradebook.assignment_submissions(lesson):
        points = float(submission.score) - float(submission.late_submission_penalty or 0)
        yield submission.student.id, (max(0.0, points), bool(submission.needs_manual_grade))


def export_summary(filled: Filled) -> Iterator[str]:
    """What a person should know of an export, line by line."""
    yield f"{len(filled.entered)} students entered, in the column {filled.column!r}."
    if filled.scale != 1:
        yield f"Points were multiplied by {filled.scale:g}: the platform has another maximum than the lesson."
    if filled.waiting:
        yield f"{len(filled.waiting)} of them still wait for grading by hand: {', '.join(filled.waiting)}."
    if filled.absent:
        yield f"Graded, but not in the platform's table: {', '.join(filled.absent)}."
    if filled.locked is None:
        yield "The table does not say in English which grades can be changed; locked ones are filled in too."
    if filled.locked:
        yield f"Cannot be changed on the platform, so left alone: {', '.join(filled.locked)}."
