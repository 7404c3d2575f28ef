"""An instructor's evening, with a made-up class: downloads from Moodle and Canvas, points, reports, exports.

Every made-up student's points are known beforehand, but for those who made a mistake that has no name. The
numbers of each step are compared with those of the step before.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course_folder import CourseFolder
from autograder.demo.platform_downloads import Member, canvas, moodle, name_of
from autograder.demo.sample import Sample
from autograder.demo.sample_classes import odd_answers, put_lesson, sample_class
from autograder.exports import Canvas, Filled, Moodle, Table
from autograder.grading.class_run import GRADED, Row, grade
from autograder.notebooks.nbgrader_settings import gradebook_of
from autograder.report.page import render_report, report_data
from autograder.report.results import read_results
from autograder.sandbox import confinement
from autograder.submissions.collecting import COLLECTED, IGNORED, KEPT, REFUSED, Taken, collect
from course_lib.checks.exercise import all_exercises


@dataclass(frozen=True)
class Step:
    """A number that two steps of the evening must agree on."""

    lesson: str
    what: str
    expected: float
    found: float

    @property
    def agrees(self) -> bool:
        return abs(self.expected - self.found) < 1e-6


@dataclass(frozen=True)
class LargeClassRun:
    """What the evening left behind: numbers that must agree, and where each file is."""

    steps: tuple[Step, ...]
    files: tuple[tuple[str, Path], ...]


def run_large_class(
    checkout: CourseFolder,
    lessons: Iterable[str],
    count: int,
    course: CourseFolder,
    on_step: Callable[[str], None] = lambda told: None,
    on_row: Callable[[Row], None] = lambda row: None,
) -> LargeClassRun:
    """Have `count` students in a made-up class hand in; collect, grade, report, export each lesson."""
    trust = bool(confinement.missing(confinement.probe()))
    steps: list[Step] = []
    files: list[tuple[str, Path]] = []
    for place, lesson in enumerate(lessons):
        platform = (moodle, canvas)[place % 2]
        put_lesson(checkout, lesson, course)
        members = make_members(lesson, count)
        on_step(f"{lesson}: {count} students hand in")
        download, table = platform(lesson, members, course)
        on_step(f"{lesson}: collecting {download.name}")
        steps += _collected(lesson, count, collect(download, course))
        on_step(f"{lesson}: grading")
        # The class is the course's own work, so it may run where no sandbox can be had.
        rows = grade(lesson, course=course, on_row=on_row, trust=trust)
        steps += _graded(lesson, members, rows)
        report = course.reports / f"{lesson}.html"
        steps += _reported(lesson, rows, report, course)
        filled_in = table.with_name(table.name.replace("from_", "for_"))
        steps += _exported(lesson, rows, table, filled_in, course)
        files += [("downloaded", download), ("report", report), ("to upload", filled_in)]
    return LargeClassRun(tuple(steps), tuple(files))


def make_members(lesson: str, count: int) -> tuple[Member, ...]:
    """A class that is the same each time: the sample class of the lesson over and over, with quiz answers
    left out or wrong here and there, and a few who made a mistake of their own.
    """
    samples = sample_class(lesson)
    best = max(samples, key=lambda sample: sample.expected)
    quizzes = {
        exercise.id: exercise.points
        for exercise in all_exercises().values()
        if exercise.lesson == lesson and exercise.id in best.answers and exercise.id.startswith("quiz_")
    }
    odd = odd_answers(lesson)
    members = []
    for number in range(count):
        chance = random.Random(f"{lesson} {number}")
        student, full_name = name_of(number)
        if odd and number % 12 == 11:
            members.append(Member(student, full_name, None, odd[number // 12 % len(odd)]))
            continue
        sample = samples[number] if number < len(samples) else _someone(samples, chance)
        if number >= len(samples) and not sample.torn:
            sample = _with_quizzes(sample, best, quizzes, chance)
        members.append(Member(student, full_name, sample.expected, sample.answers, sample.torn))
    return tuple(members)


def _someone(samples: tuple[Sample, ...], chance: random.Random) -> Sample:
    """One of the sample class; most know their subject, few send a torn file."""
    best = max(sample.expected for sample in samples)
    weights = [0.1 if sample.torn else 3 if sample.expected == best else 1 for sample in samples]
    return chance.choices(samples, weights)[0]


def _with_quizzes(
    sample: Sample, best: Sample, quizzes: Mapping[str, float], chance: random.Random
) -> Sample:
    """The same with some right quiz answers left open, or wrong."""
    answers, expected = dict(sample.answers), sample.expected
    for quiz, points in quizzes.items():
        right = sample.expected == best.expected or sample.answers[quiz] == best.answers[quiz]
        change = chance.choice(("none", "none", "none", "left open", "wrong"))
        if not right or change == "none":
            continue
        expected -= points
        if change == "wrong":
            answers[quiz] = f"{quiz}_answer = -{chance.randint(1, 9)}\n"
        else:
            del answers[quiz]
    return replace(sample, answers=answers, expected=expected)


def _collected(lesson: str, count: int, taken: list[Taken]) -> Iterator[Step]:
    def number(outcome: str) -> int:
        return sum(each.outcome == outcome for each in taken)

    yield Step(lesson, "students handed in, collected", count, number(COLLECTED))
    yield Step(lesson, "older attempts, kept aside", len(range(3, count, 10)), number(KEPT))
    yield Step(lesson, "files with tricks, refused", 1, number(REFUSED))
    yield Step(lesson, "other files, left alone", 1, number(IGNORED))


def _graded(lesson: str, members: tuple[Member, ...], rows: list[Row]) -> Iterator[Step]:
    points = {row.student: row.points for row in rows}
    known = [member for member in members if member.expected is not None]
    yield Step(lesson, "collected, graded", len(members), len(rows))
    yield Step(
        lesson, "torn files, unreadable", sum(m.torn for m in members), sum(r.outcome != GRADED for r in rows)
    )
    right = sum(points.get(member.student) == member.expected for member in known)
    yield Step(lesson, "with known points, given these", len(known), right)


def _reported(lesson: str, rows: list[Row], path: Path, course: CourseFolder) -> Iterator[Step]:
    found = read_results(course, lesson)
    path.parent.mkdir(exist_ok=True)
    path.write_text(render_report(found), encoding="utf-8")
    told = report_data(found)
    yield Step(lesson, "graded, in the report", len(rows), told["summary"]["students"])
    total = sum(row.points for row in rows)
    yield Step(lesson, "points given, in the report", total, sum(each["points"] for each in told["students"]))
    named = sum(len(row.misconceptions) for row in rows)
    yield Step(
        lesson,
        "misconceptions named, in the report",
        named,
        sum(len(each["students"]) for each in told["misconceptions"]),
    )


def _exported(lesson: str, rows: list[Row], table: Path, out: Path, course: CourseFolder) -> Iterator[Step]:
    platform: type[Table] = Moodle if "moodle" in table.name else Canvas
    plugin = platform(table=str(table))
    with gradebook_of(course) as gradebook:
        filled_in: Filled = plugin.fill(gradebook, lesson)
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(filled_in.text)
    titles, lines = platform(table=str(out)).read()
    column = plugin.find_column(titles, lesson)
    entered = [line[column] for line in lines if plugin.is_student(line) and line[column]]
    yield Step(lesson, "graded, exported", len(rows), len(entered))
    total = sum(round(row.points * filled_in.scale, 2) for row in rows)
    scaled = f", × {filled_in.scale:g} on the platform" if filled_in.scale != 1 else ""
    yield Step(lesson, f"points given, exported{scaled}", total, sum(map(float, entered)))
