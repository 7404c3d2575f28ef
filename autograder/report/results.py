"""What grading left behind for one lesson: gradebook, notes, and the verdicts in the notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry

from autograder.course_folder import CourseFolder
from autograder.grading.nbgrader_steps import VERDICT
from autograder.notebooks.nbgrader_settings import gradebook_of
from autograder.submissions.reading import GRADED
from autograder.submissions.roster import students_who_handed_in
from course_lib.errors import CourseError
from course_lib.notebook_cells import grade_id, is_solution, read_cells, source_text


@dataclass(frozen=True)
class Answer:
    """One student's answer to one exercise: what the judge said of it, and the code it was said of.

    outcome: see `course_lib.checks.judge.Verdict`. failed: ids of the criteria that earned nothing.
    """

    exercise: str
    points: float
    most: float
    outcome: str
    misconception: str | None
    headline: str
    failed: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class StudentResult:
    """One student's result. `waiting`: points that a person still has to give. `remarks`: of the grading."""

    student: str
    points: float
    most: float
    waiting: float
    outcome: str
    remarks: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class ClassResults:
    """The results of a class in one lesson; `_sections`: exercise → the heading it stands under."""

    lesson: str
    results: tuple[StudentResult, ...]
    sections: dict[str, str] = field(default_factory=dict)

    def answers(self, exercise: str) -> Iterator[tuple[str, Answer]]:
        """Student and answer, for everyone whose answer was judged."""
        for result in self.results:
            yield from ((result.student, answer) for answer in result.answers if answer.exercise == exercise)

    @property
    def exercises(self) -> tuple[str, ...]:
        """Ids of the exercises that were judged, in the lesson's order."""
        found = dict.fromkeys(answer.exercise for result in self.results for answer in result.answers)
        order = {name: place for place, name in enumerate(self.sections)}
        return tuple(sorted(found, key=lambda name: order.get(name, len(order))))


def read_results(course: CourseFolder, lesson: str) -> ClassResults:
    """The results of `lesson` of a class, without those taken out of submitted/.

    Raises CourseError when nothing of the lesson has been graded there.
    """
    notes = _notes(course, lesson)
    marks = _marks(course, lesson)
    there = students_who_handed_in(course, lesson)
    students = sorted(name for name in marks.keys() | notes.keys() if name in there or not there)
    if not students:
        raise CourseError(
            f"Nothing of {lesson} has been graded here.",
            where=str(course.root),
            fix=f"run `course grade {lesson[:2]}` first",
        )
    results = tuple(_result(course, lesson, student, notes.get(student, {}), marks) for student in students)
    return ClassResults(lesson, results, _sections(course, lesson))


def _result(
    course: CourseFolder,
    lesson: str,
    student: str,
    note: dict[str, Any],
    marks: dict[str, tuple[float, float, float]],
) -> StudentResult:
    points, most, waiting = marks.get(student, (0.0, 0.0, 0.0))
    path = course.autograded_notebook(student, lesson)
    return StudentResult(
        student,
        points,
        most,
        waiting,
        str(note.get("outcome", GRADED)),
        str(note.get("message", "")),
        tuple(_answers(path)) if path.is_file() else (),
    )


def _notes(course: CourseFolder, lesson: str) -> dict[str, dict[str, Any]]:
    """What `course grade` noted of each student; there is none of those that nbgrader alone graded."""
    found = {}
    for path in sorted(course.graded_notes(lesson).glob("*.json")):
        try:
            row = json.loads(path.read_bytes()).get("row")
        except ValueError:
            continue  # cut short: that submission will be graded again
        if row:
            found[path.stem] = row
    return found


def _marks(course: CourseFolder, lesson: str) -> dict[str, tuple[float, float, float]]:
    """Points, the most there are, and those a person still has to give, from the gradebook."""
    with gradebook_of(course) as gradebook:
        try:
            gradebook.find_assignment(lesson)
        except MissingEntry:
            return {}
        found = {}
        for submission in gradebook.assignment_submissions(lesson):
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            waiting = sum(grade.max_score for grade in grades if grade.needs_manual_grade)
            found[submission.student_id] = (
                float(submission.score),
                float(submission.max_score),
                float(waiting),
            )
        return found


def _answers(path: Path) -> Iterator[Answer]:
    """What the judge left in the test cells of an autograded notebook, each with the cell it is about."""
    source = ""
    for cell in read_cells(path):
        if is_solution(cell):
            source = source_text(cell)
        for output in cell.get("outputs", []):
            verdict = output.get("metadata", {}).get(VERDICT)
            if verdict:
                yield Answer(
                    verdict["exercise"],
                    verdict["points"],
                    verdict["max_points"],
                    verdict["outcome"],
                    verdict["misconception"],
                    verdict["headline"],
                    tuple(verdict["failed"]),
                    source,
                )


def _sections(course: CourseFolder, lesson: str) -> dict[str, str]:
    """For each exercise of the released lesson, in order, the nearest heading above it."""
    path = course.released_notebook(lesson)
    found: dict[str, str] = {}
    heading = ""
    for cell in read_cells(path) if path.is_file() else []:
        if cell["cell_type"] == "markdown":
            lines = source_text(cell).splitlines()
            headings = [line.lstrip("#").strip() for line in lines if line.startswith("#")]
            heading = headings[-1] if headings else heading
        if is_solution(cell) and cell["cell_type"] == "code":
            found[grade_id(cell)] = heading
    return found
