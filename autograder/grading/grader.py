"""Grades one submission: nbgrader's own converters, in a folder and with a gradebook of their own."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, SubmittedAssignment
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.course_folder import CourseFolder
from autograder.grading.lesson_materials import LessonMaterials, says_disk_full
from autograder.grading.nbgrader_steps import LONGEST_ERROR, VERDICT
from autograder.keys import class_keys
from autograder.notebooks.nbgrader_settings import course_directory, last_cause, quiet_nbgrader
from autograder.pages.feedback import FeedbackPages
from autograder.pages.sanitising import encodable
from autograder.sandbox import execute_step
from autograder.sandbox.fork_server import ServerGone
from autograder.sandbox.supervisor import Sandboxes
from autograder.submissions.reading import (
    CRASHED,
    FAULT,
    GRADED,
    UNREADABLE,
    CannotGrade,
    HandIn,
    Submission,
    first_line,
    read_submission,
)
from course_lib.notebook_cells import grade_id, is_written_answer, nbgrader_marks

# Outcomes of an exercise that a person who grades should know of; the usual ones stand in the feedback.
NEEDS_A_LOOK = (*execute_step.STOPPED, "tampered", "no evidence")
STUDENT = "student"  # whoever it is: nobody's name is needed to grade


@dataclass(frozen=True)
class Mark:
    """What the gradebook holds for one graded cell; score and most follow from the others and the lesson."""

    auto: float | None = None
    manual: float | None = None
    extra: float | None = None
    waits: bool = True
    score: float = 0.0
    most: float = 0.0


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds for one submission, by cell.

    comments: those a person wrote. extension: days by which the deadline was moved for this student.
    """

    grades: dict[str, Mark] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    extension: float = 0.0

    def digest(self) -> str:
        """Changes with whatever a person entered: a page of feedback with another digest is out of date."""
        entered = [
            (name, m.manual, m.extra)
            for name, m in sorted(self.grades.items())
            if m.manual is not None or m.extra
        ]
        return hashlib.sha256(repr((entered, sorted(self.comments.items()))).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Task:
    """One submission to grade; with `autograded`, only its page of feedback is made anew, from that."""

    hand_in: HandIn
    marks: Marks
    autograded: bytes | None = None


@dataclass(frozen=True)
class Graded:
    """One graded submission, ready to be recorded.

    scores: automatic points by graded cell, None where a person must grade. auto_comments: nbgrader's own.
    written: a digest of each answer that a person grades. outcomes: exercise → outcome. files: what belongs
    into the student's folder below autograded/. seconds: where the time went.
    """

    student: str
    outcome: str
    message: str
    misconceptions: tuple[str, ...] = ()
    outcomes: dict[str, str] = field(default_factory=dict)
    scores: dict[str, float | None] = field(default_factory=dict)
    auto_comments: dict[str, str | None] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    late_penalty: float | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    feedback: bytes | None = None
    seconds: dict[str, float] = field(default_factory=dict)


class SubmissionGrader:
    """A folder in which one submission after another is graded with the same materials.

    sandboxes: where submissions run; None when the materials trusts them.
    """

    def __init__(self, materials: LessonMaterials, place: Path, sandboxes: Sandboxes | None) -> None:
        self.materials, self._course, self._sandboxes = materials, CourseFolder(place), sandboxes
        shutil.rmtree(place, ignore_errors=True)
        for name, content in materials.files.items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self._settings = materials.settings
        self._settings.CourseDirectory.root = str(self._course.root)
        self._settings.CourseDirectory.db_url = f"sqlite:///{self._course.gradebook}"
        self._pages = FeedbackPages(self._directory(), self._settings, materials.lesson, STUDENT)

    def grade(self, task: Task) -> Graded:
        """Grade a submission; whatever is wrong with it ends in the result.

        Raises ServerGone when the warm parent is lost: then nothing is known of this submission yet.
        """
        student, lesson = task.hand_in.student, self.materials.lesson
        try:
            self._clear()
            self._seed(task)
            if task.autograded is not None:
                page = self._pages.render(task.autograded)
                return Graded(student, GRADED, "", feedback=page)
            if task.hand_in.problem:
                raise CannotGrade(*task.hand_in.problem)
            return self._grade(task)
        except CannotGrade as error:
            return Graded(student, error.outcome, str(error))
        except OSError as error:
            told = (
                "the disk is full; make room and grade again"
                if says_disk_full(str(error))
                else first_line(error)
            )
            return Graded(student, FAULT, told)
        finally:
            shutil.rmtree(self._course.submission(STUDENT, lesson), ignore_errors=True)
            shutil.rmtree(self._course.autograded(STUDENT, lesson), ignore_errors=True)

    def _grade(self, task: Task) -> Graded:
        lesson = self.materials.lesson
        seconds: dict[str, float] = {}
        with _timed_step(seconds, "read"), quiet_nbgrader():
            submission = read_submission(task.hand_in.files[f"{lesson}.ipynb"], self.materials.source)
        folder = self._course.submission(STUDENT, lesson)
        graded = {f"{lesson}.ipynb": nbformat.writes(submission.notebook).encode()}
        for name, content in (task.hand_in.files | graded).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with _timed_step(seconds, "autograde"):
            executed = self._autograde(submission)
        result = self._course.autograded(STUDENT, lesson)
        files = {
            path.relative_to(result).as_posix(): path.read_bytes()
            for path in sorted(result.rglob("*"))
            if path.is_file()
        }
        with _timed_step(seconds, "feedback"):
            scores, comments, penalty = self._results(submission.unsure)
            page = self._pages.render(files[f"{lesson}.ipynb"])
        left_out = (
            [f"files left out: {', '.join(task.hand_in.left_out[:5])}"] if task.hand_in.left_out else []
        )
        trusted = ["graded without a sandbox"] if self.materials.trust else []
        return Graded(
            task.hand_in.student,
            GRADED,
            "; ".join([*trusted, *_remarks(submission, executed), *left_out]),
            _recognised_misconceptions(executed),
            {verdict["exercise"]: verdict["outcome"] for verdict in _verdicts_in(executed)},
            scores,
            comments,
            _digests_of_written_answers(executed),
            penalty,
            files,
            page,
            seconds,
        )

    def _directory(self, **places: str) -> CourseDirectory:
        return course_directory(self._settings, **places)

    def _clear(self) -> None:
        self._course.gradebook.write_bytes(self.materials.gradebook)

    def _seed(self, task: Task) -> None:
        """Enter the student and what a person has graded already, so that feedback shows it."""
        with self._gradebook() as gradebook:
            gradebook.update_or_create_student(STUDENT)
            submission = gradebook.update_or_create_submission(self.materials.lesson, STUDENT)
            if task.marks.extension:
                gradebook.grant_extension(self.materials.lesson, STUDENT, days=task.marks.extension)
            _enter_marks(submission, task.marks)
            gradebook.db.commit()

    def _autograde(self, submission: Submission) -> NotebookNode:
        """Run nbgrader's Autograde and return the executed notebook."""
        lesson = self.materials.lesson
        with contextlib.ExitStack() as stack:
            messages = stack.enter_context(quiet_nbgrader())
            stack.enter_context(class_keys.using_keys(self.materials.keys))
            if self._sandboxes:
                stack.enter_context(execute_step.using_sandboxes(self._sandboxes))
            directory = self._directory(assignment_id=lesson, student_id=STUDENT)
            try:
                Autograde(coursedir=directory, config=self._settings, force=True).start()
            except (NbGraderException, SystemExit) as error:
                raise _why_nbgrader_failed(messages, submission.notebook) from error
        path = self._course.autograded_notebook(STUDENT, lesson)
        notebook: NotebookNode = nbformat.read(path, as_version=4)
        return notebook

    def _results(
        self, unsure: tuple[str, ...]
    ) -> tuple[dict[str, float | None], dict[str, str | None], float | None]:
        """Scores, comments and late penalty that nbgrader entered; a cell in `unsure` waits for a person."""
        with self._gradebook() as gradebook:
            submission = gradebook.find_submission(self.materials.lesson, STUDENT)
            (notebook,) = submission.notebooks
            for grade in notebook.grades:
                if grade.name in unsure:
                    grade.auto_score = None
            gradebook.db.commit()
            scores = {grade.name: grade.auto_score for grade in notebook.grades}
            comments = {comment.name: comment.auto_comment for comment in notebook.comments}
            return scores, comments, notebook.late_submission_penalty

    @contextlib.contextmanager
    def _gradebook(self) -> Iterator[Gradebook]:
        directory = self._directory()
        with quiet_nbgrader(), Gradebook(directory.db_url, directory.course_id) as gradebook:
            yield gradebook


def _enter_marks(submission: SubmittedAssignment, marks: Marks) -> None:
    """Write marks into a gradebook's submission."""
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            mark = marks.grades.get(grade.name, Mark())
            grade.auto_score, grade.manual_score, grade.extra_credit = mark.auto, mark.manual, mark.extra
        for comment in notebook.comments:
            comment.manual_comment = marks.comments.get(comment.name)


@contextlib.contextmanager
def _timed_step(seconds: dict[str, float], step: str) -> Iterator[None]:
    """Note how long a step takes."""
    start = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - start


def _why_nbgrader_failed(messages: list[str], notebook: NotebookNode) -> CannotGrade:
    """Why nbgrader gave up on a submission, from what it logged."""
    cause = last_cause(messages)
    if ServerGone.__name__ in cause:
        raise ServerGone(cause)
    if "DeadKernelError" in cause:
        return CannotGrade(CRASHED, "the notebook ended its own kernel; 0 points until it is mended")
    if says_disk_full(cause):
        return CannotGrade(FAULT, "the disk is full; make room and grade again")
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        return CannotGrade(UNREADABLE, f"not a valid notebook: {first_line(error)}")
    return CannotGrade(FAULT, f"nbgrader failed: {cause}")


def _remarks(submission: Submission, executed: NotebookNode) -> list[str]:
    """What the person who grades should know of a submission that was graded."""
    told = list(submission.remarks)
    tests = [name for name in submission.lost if name not in submission.unsure]
    if tests:
        told.append(f"lost test cells, put back and graded: {', '.join(tests)}")
    if written := [name for name in submission.lost if name in submission.unsure]:
        told.append(
            f"lost written cells, put back empty: {', '.join(written)}; "
            "the answer may stand in an unmarked cell, so grade it by hand"
        )
    for number, cell in enumerate(executed.cells, 1):
        if outcome := execute_step.outcome_of(cell):
            told.append(f"{outcome} in cell {grade_id(cell) or number}")
        if missing := [output.evalue for output in cell.get("outputs", []) if _lacks_module(output)]:
            told.append(f"{encodable(missing[0][:LONGEST_ERROR])} (cell {number})")
    for verdict in _verdicts_in(executed):
        if verdict["outcome"] in NEEDS_A_LOOK:
            told.append(f"{verdict['outcome']} in exercise {verdict['exercise']}")
    # Only the student's cells: libraries may print what they like when the set-up cell loads them.
    noisy = [
        str(number)
        for number, cell in enumerate(executed.cells, 1)
        if nbgrader_marks(cell) and any(output.get("name") == "stderr" for output in cell.get("outputs", []))
    ]
    if noisy:
        told.append(f"prints to stderr in cell {', '.join(noisy)}")
    return told


def _lacks_module(output: NotebookNode) -> bool:
    """Is it the error of an import of what is not installed?"""
    return bool(output.output_type == "error" and output.ename == "ModuleNotFoundError")


def _verdicts_in(executed: NotebookNode) -> list[dict[str, Any]]:
    """What the judge left in the test cells' outputs, in the lesson's order."""
    return [
        output.metadata[VERDICT]
        for cell in executed.cells
        for output in cell.get("outputs", [])
        if VERDICT in output.get("metadata", {})
    ]


def _recognised_misconceptions(executed: NotebookNode) -> tuple[str, ...]:
    """Headlines of the recognised misconceptions."""
    return first_causes(verdict["headline"] for verdict in _verdicts_in(executed) if verdict["misconception"])


def first_causes(headlines: Iterable[str]) -> tuple[str, ...]:
    """Those that do not only repeat an earlier one, because an exercise builds on the other."""
    causes: list[str] = []
    for headline in headlines:
        if not any(told in headline for told in causes):
            causes.append(headline)
    return tuple(causes)


def _digests_of_written_answers(executed: NotebookNode) -> dict[str, str]:
    """A digest of each answer that a person grades, to see later whether it changed."""
    return {
        grade_id(cell): hashlib.sha256(json.dumps(cell.source).encode()).hexdigest()[:16]
        for cell in executed.cells
        if is_written_answer(cell)
    }
