"""Grades a lesson for a class: each submission in turn, through nbgrader's own converters.

Whatever is wrong with one submission ends in one row of the result and never stops the others.
"""

import contextlib
import difflib
import glob
import html
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import parse_utc
from traitlets.config import Config

from autograder import answer_keys
from autograder.nbgrader_settings import course_directory, last_cause, load_settings, quiet_nbgrader
from autograder.pipeline import VERDICT, grade_id_of, read_check, test_cells
from autograder.sandbox.execute import OUTCOME, using
from autograder.sandbox.supervise import WarmParent
from course_lib.errors import CourseError
from course_lib.kernels import private_kernels

PLAIN_EXECUTE = "nbgrader.preprocessors.Execute"
SANDBOX_EXECUTE = "autograder.sandbox.execute.SandboxExecute"

# Outcomes of a row. Only FAULT is ours; all the others are recorded in the gradebook.
GRADED, UNREADABLE, MISSING, STUCK, CRASHED, FAULT = (
    "graded",
    "unreadable",
    "missing",
    "stuck",
    "crashed",
    "our fault",
)


@dataclass(frozen=True)
class Row:
    """The result of one student.

    `points` of `maximum` counts every graded cell; `waiting` is how many of the maximum a person still has
    to grade. `misconceptions` are the headlines of those that were recognised, in the lesson's order.
    """

    student: str
    points: float
    maximum: float
    waiting: float
    outcome: str
    message: str
    misconceptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """A submission that was read: its notebook, the test cells it lost, other remarks for the grader."""

    notebook: NotebookNode
    lost: tuple[str, ...]
    remarks: tuple[str, ...]


class CannotGrade(Exception):
    """This submission gets no further; `outcome` says in which way."""

    def __init__(self, outcome: str, message: str) -> None:
        self.outcome = outcome
        super().__init__(message)


def grade(
    lesson: str,
    students: Sequence[str] | None = None,
    *,
    root: Path,
    on_row: Callable[[Row], None] = lambda row: None,
    parent: WarmParent | None = None,
    trust: bool = False,
) -> list[Row]:
    """Grade the submissions of `lesson` (a folder name) found under root/submitted/STUDENT/lesson/.

    Writes root/gradebook.db, root/autograded/ and root/feedback/. Calls `on_row` as each row is done.
    Submissions run in the sandbox, forked from `parent` or from one that is started here; with `trust`
    they run in ordinary kernels, with the rights of whoever grades.
    Raises CourseError when there is nothing to grade or the lesson itself cannot be graded, Untrusted when
    no sandbox can be had here.
    """
    settings = load_settings(root)
    settings.CourseDirectory.root = str(root)
    names = _students(root, lesson, students)
    _require_writable(root)
    _record_lesson(settings, lesson)
    _make_keys(settings, root, lesson)
    rows = []
    with _execution(settings, parent, trust):
        for student in names:
            rows.append(_grade_student(settings, root, lesson, student))
            on_row(rows[-1])
    return rows


@contextlib.contextmanager
def _execution(settings: Config, parent: WarmParent | None, trust: bool) -> Iterator[None]:
    """Settle how notebooks are run meanwhile: in the sandbox, or with `trust` in ordinary kernels."""
    if trust:
        with private_kernels() as kernels:
            settings.merge(kernels)
            yield
        return
    steps = settings.Autograde.autograde_preprocessors
    steps[steps.index(PLAIN_EXECUTE)] = SANDBOX_EXECUTE
    with contextlib.ExitStack() as stack:
        stack.enter_context(using(parent or stack.enter_context(WarmParent())))
        yield


def _students(root: Path, lesson: str, wanted: Sequence[str] | None) -> list[str]:
    """The students who handed in `lesson`, or those of them in `wanted`, each once."""
    present = sorted(
        folder.parent.name for folder in root.glob(f"submitted/[!.]*/{lesson}") if folder.is_dir()
    )
    if not present:
        raise CourseError(
            f"There are no submissions for {lesson}.",
            where=str(root / "submitted"),
            fix=f"put each at submitted/STUDENT/{lesson}/{lesson}.ipynb",
        )
    for student in wanted or []:
        if student not in present:
            near = difflib.get_close_matches(student, present, n=1, cutoff=0.4)
            raise CourseError(
                f"There is no submission by {student!r} for {lesson}.",
                where=str(root / "submitted"),
                fix=f"did you mean {near[0]}?" if near else f"there are: {', '.join(present)}",
            )
    return [student for student in present if not wanted or student in wanted]


def _require_writable(root: Path) -> None:
    """Raise the disk's own OSError now, rather than a database error from the depths later."""
    with tempfile.TemporaryFile(dir=root) as probe:
        probe.write(bytes(4096))
        probe.flush()
    gradebook = root / "gradebook.db"
    if gradebook.exists():
        gradebook.open("r+b").close()


def _record_lesson(settings: Config, lesson: str) -> None:
    """Write the lesson's cells and points into the gradebook; the released notebooks stay untouched."""
    with tempfile.TemporaryDirectory(prefix="course-grade-") as place, quiet_nbgrader() as messages:
        directory = course_directory(settings, assignment_id=lesson, release_directory=place)
        try:
            GenerateAssignment(coursedir=directory, config=settings, force=True).start()
        except NbGraderException as error:
            raise CourseError(
                f"{lesson} cannot be recorded in the gradebook: {last_cause(messages)}",
                where=directory.db_url.removeprefix("sqlite:///"),
                fix="run `course build`; if the exercises changed since the last grading, "
                "move the old gradebook.db away first",
            ) from error


def _make_keys(settings: Config, root: Path, lesson: str) -> None:
    """Bring the class's answer keys up to date before any submission needs them.

    Raises KeyProblem when that fails: then nobody is graded, rather than everybody wrongly.
    """
    if "autograder.pipeline.Judge" in settings.Autograde.autograde_preprocessors:
        notebook = nbformat.read(root / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
        answer_keys.private_keys([read_check(cell.source)[0] for cell in test_cells(notebook)])


def _grade_student(settings: Config, root: Path, lesson: str, student: str) -> Row:
    misconceptions: tuple[str, ...] = ()
    try:
        with quiet_nbgrader():
            submission = _read_submission(root / "submitted" / student / lesson, root, lesson)
        executed = _autograde(settings, root, lesson, student, submission)
        _feedback(settings, lesson, student)
        outcome, message = GRADED, "; ".join(_remarks(submission, executed))
        misconceptions = _misconceptions(executed)
    except CannotGrade as error:
        outcome, message = error.outcome, str(error)
        if outcome != FAULT:
            _record_zero(settings, lesson, student)
            _plain_feedback(root, lesson, student, message)
    points, maximum, waiting = _points(settings, lesson, student)
    return Row(student, points, maximum, waiting, outcome, message, misconceptions)


def _read_submission(folder: Path, root: Path, lesson: str) -> Submission:
    """Read a submitted notebook without trusting it, and compare its graded cells with the lesson's."""
    links = [path.name for path in [folder, *folder.rglob("*")] if path.is_symlink()]
    if links:
        raise CannotGrade(UNREADABLE, f"holds a link ({links[0]}); hand in the file itself")
    path = folder / f"{lesson}.ipynb"
    if not path.is_file():
        others = sorted(found.name for found in folder.glob("*.ipynb"))
        found = (
            f"found {', '.join(others)}: rename it" if others else "the folder holds no notebook: hand it in"
        )
        raise CannotGrade(MISSING, f"no {path.name}; {found} and grade again")
    _check_timestamp(folder / "timestamp.txt")
    try:
        document = json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        raise CannotGrade(UNREADABLE, f"not a notebook: no valid JSON at line {error.lineno}") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise CannotGrade(UNREADABLE, f"not a notebook: {type(error).__name__}") from error
    try:
        notebook = nbformat.reads(json.dumps(document), as_version=4)
        handed_in = Counter(_test_ids(notebook))
    except Exception as error:  # nbformat raises many kinds, depending on what is malformed
        raise CannotGrade(UNREADABLE, f"JSON, but not a notebook: {_first_line(error)}") from error
    lesson_cells = _test_ids(nbformat.read(root / "solutions" / lesson / path.name, as_version=4))
    remarks = []
    if not notebook.metadata.get("kernelspec", {}).get("name"):
        remarks.append("names no kernel; graded with the course's")
    if repeated := [name for name in lesson_cells if handed_in[name] > 1]:
        remarks.append(f"test cells pasted twice, counted once: {', '.join(repeated)}")
    lost = tuple(name for name in lesson_cells if not handed_in[name])
    return Submission(notebook, lost, tuple(remarks))


def _check_timestamp(path: Path) -> None:
    if path.is_file():
        try:
            parse_utc(path.read_text().strip())
        except (ValueError, OverflowError) as error:
            raise CannotGrade(UNREADABLE, "timestamp.txt holds no date; remove it and grade again") from error


def _test_ids(notebook: NotebookNode) -> list[str]:
    return [grade_id_of(cell) for cell in test_cells(notebook)]


def _autograde(
    settings: Config, root: Path, lesson: str, student: str, submission: Submission
) -> NotebookNode:
    """Run nbgrader's Autograde on one submission and return the executed notebook."""
    with quiet_nbgrader() as messages:
        directory = course_directory(settings, assignment_id=lesson, student_id=glob.escape(student))
        try:
            Autograde(coursedir=directory, config=settings, force=True).start()
        except (NbGraderException, SystemExit) as error:
            raise _failure(submission, messages) from error
    executed: NotebookNode = nbformat.read(
        root / "autograded" / student / lesson / f"{lesson}.ipynb", as_version=4
    )
    return executed


def _failure(submission: Submission, messages: list[str]) -> CannotGrade:
    """Tell a submission's fault from ours by what nbgrader logged."""
    cause = last_cause(messages)
    if any("became unresponsive" in message for message in messages):
        return CannotGrade(STUCK, "a cell does not end and cannot be interrupted")
    if "DeadKernelError" in cause:
        return CannotGrade(CRASHED, "the notebook ended its own kernel")
    try:
        nbformat.validate(submission.notebook)
    except nbformat.ValidationError as error:
        return CannotGrade(UNREADABLE, f"not a valid notebook: {_first_line(error)}")
    return CannotGrade(FAULT, f"nbgrader failed: {cause}")


def _feedback(settings: Config, lesson: str, student: str) -> None:
    with quiet_nbgrader() as messages:
        directory = course_directory(settings, assignment_id=lesson, student_id=glob.escape(student))
        try:
            GenerateFeedback(coursedir=directory, config=settings, force=True).start()
        except NbGraderException as error:
            raise CannotGrade(FAULT, f"no feedback could be made: {last_cause(messages)}") from error


def _record_zero(settings: Config, lesson: str, student: str) -> None:
    """Give every cell of an ungradable submission 0 points; what a person graded by hand stays."""
    directory = course_directory(settings)
    with quiet_nbgrader(), Gradebook(directory.db_url, directory.course_id) as gradebook:
        gradebook.update_or_create_student(student)
        submission = gradebook.update_or_create_submission(lesson, student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                grade.auto_score = 0
                grade.needs_manual_grade = False
        gradebook.db.commit()


def _plain_feedback(root: Path, lesson: str, student: str, message: str) -> None:
    """Replace the feedback of an earlier submission by the reason why this one has none."""
    for step in ("autograded", "feedback"):
        shutil.rmtree(root / step / student / lesson, ignore_errors=True)
    page = root / "feedback" / student / lesson / f"{lesson}.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><title>{html.escape(lesson)}</title>'
        f"<h1>{html.escape(lesson)}</h1>"
        f"<p>This submission could not be graded: {html.escape(message)}.</p>\n",
        encoding="utf-8",
    )


def _points(settings: Config, lesson: str, student: str) -> tuple[float, float, float]:
    """Points, maximum and points that wait for a person, from the gradebook."""
    directory = course_directory(settings)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        maximum = float(gradebook.find_assignment(lesson).max_score)
        grades = [
            grade
            for submission in gradebook.student_submissions(student)
            if submission.name == lesson
            for notebook in submission.notebooks
            for grade in notebook.grades
        ]
        points = sum(float(grade.score) for grade in grades)
        waiting = sum(float(grade.max_score) for grade in grades if grade.needs_manual_grade)
    return points, maximum, waiting


def _remarks(submission: Submission, executed: NotebookNode) -> list[str]:
    """What the person who grades should know of a submission that was graded."""
    remarks = list(submission.remarks)
    graded = _test_ids(executed)
    if restored := [name for name in submission.lost if name in graded]:
        remarks.append(f"lost test cells, put back and graded: {', '.join(restored)}")
    if gone := [name for name in submission.lost if name not in graded]:
        remarks.append(f"lost test cells, 0 points each: {', '.join(gone)}")
    for number, cell in enumerate(executed.cells, 1):
        if outcome := cell.metadata.get(OUTCOME):
            remarks.append(f"{outcome} in cell {cell.metadata.get('nbgrader', {}).get('grade_id', number)}")
    # Only the student's cells: libraries may print what they like when the set-up cell loads them.
    noisy = [
        str(number)
        for number, cell in enumerate(executed.cells, 1)
        if "nbgrader" in cell.metadata
        and any(output.get("name") == "stderr" for output in cell.get("outputs", []))
    ]
    if noisy:
        remarks.append(f"prints to stderr in cell {', '.join(noisy)}")
    return remarks


def _misconceptions(executed: NotebookNode) -> tuple[str, ...]:
    """Headlines of the recognised misconceptions that the judge left in the test cells' outputs.

    One that only repeats an earlier one, because an exercise builds on the other, is left out.
    """
    headlines: list[str] = []
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            verdict = output.get("metadata", {}).get(VERDICT, {})
            if verdict.get("misconception") and not any(told in verdict["headline"] for told in headlines):
                headlines.append(verdict["headline"])
    return tuple(headlines)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
