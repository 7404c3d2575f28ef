"""Grades a lesson for a class: each submission in turn, through nbgrader's own converters.

Whatever is wrong with one submission ends in one row of the result and never stops the others.
"""

import contextlib
import difflib
import errno
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
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder import answer_keys
from autograder.canary import require_working_sandbox
from autograder.nbgrader_settings import course_directory, last_cause, load_settings, quiet_nbgrader
from autograder.pipeline import VERDICT, grade_id_of, marks_of, read_check, test_cells
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
    to grade. Both are 0 when the outcome is FAULT: then they are not known. `misconceptions` are the
    headlines of those that were recognised, in the lesson's order.
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
    """A submission that was read: its notebook, the graded cells it lost, other remarks for the grader.

    `unsure` are the cells graded by hand that may not hold what the student wrote: lost, or there twice.
    """

    notebook: NotebookNode
    lost: tuple[str, ...]
    unsure: tuple[str, ...]
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
    if glob.escape(str(root)) != str(root):
        raise CourseError(
            "nbgrader cannot grade in a folder with *, ? or [ in its path.",
            where=str(root),
            fix="rename that folder, or move the course",
        )
    settings = load_settings(root)
    settings.CourseDirectory.root = str(root)
    names = _students(root, lesson, students)
    _require_writable(root)
    _record_lesson(settings, lesson)
    _make_keys(settings, root, lesson)
    rows = []
    with _execution(settings, parent, trust) as sandbox:
        if sandbox:
            require_working_sandbox(sandbox, _lesson(root, lesson))
        for student in names:
            rows.append(_grade_student(settings, root, lesson, student))
            on_row(rows[-1])
    return rows


@contextlib.contextmanager
def _execution(settings: Config, parent: WarmParent | None, trust: bool) -> Iterator[WarmParent | None]:
    """Settle how notebooks are run meanwhile: in the sandbox, or with `trust` in ordinary kernels."""
    if trust:
        with private_kernels() as kernels:
            settings.merge(kernels)
            yield None
        return
    steps = settings.Autograde.autograde_preprocessors
    steps[steps.index(PLAIN_EXECUTE)] = SANDBOX_EXECUTE
    with contextlib.ExitStack() as stack:
        sandbox = parent or stack.enter_context(WarmParent())
        stack.enter_context(using(sandbox))
        yield sandbox


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
        wanted = [read_check(cell.source)[0] for cell in test_cells(_lesson(root, lesson))]
        try:
            answer_keys.private_keys(wanted)
        except answer_keys.KeyProblem as error:
            if _disk_full(str(error)):
                raise OSError(errno.ENOSPC, "no room for the class's answer keys") from error
            raise


def _lesson(root: Path, lesson: str) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(root / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
    return notebook


def _disk_full(text: str) -> bool:
    return any(words in text for words in ("No space left", "Disk quota exceeded", "disk is full"))


def _grade_student(settings: Config, root: Path, lesson: str, student: str) -> Row:
    misconceptions: tuple[str, ...] = ()
    try:
        message, misconceptions = _grade_submission(settings, root, lesson, student)
        outcome = GRADED
    except (CannotGrade, OSError, SQLAlchemyError) as error:
        outcome, message = error.outcome if isinstance(error, CannotGrade) else FAULT, str(error)
        _plain_feedback(root, lesson, student, outcome, message)
        if outcome != FAULT:
            try:
                _record_zero(settings, lesson, student)
            except (OSError, SQLAlchemyError) as refusal:
                outcome, message = FAULT, f"the gradebook cannot be written: {_first_line(refusal)}"
    points, maximum, waiting = _points(settings, lesson, student)
    if outcome == FAULT:
        # The gradebook may still hold an earlier hand-in's points; they say nothing of this one.
        points = waiting = 0.0
        message = "the disk is full; make room and grade again" if _disk_full(message) else message
    return Row(student, points, maximum, waiting, outcome, message, misconceptions)


def _grade_submission(settings: Config, root: Path, lesson: str, student: str) -> tuple[str, tuple[str, ...]]:
    """Grade one submission; returns the remarks for the grader and the recognised misconceptions."""
    if glob.escape(student) != student:
        raise CannotGrade(
            UNREADABLE,
            f"nbgrader cannot read a folder with *, ? or [ in its name; rename {student} and grade again",
        )
    with quiet_nbgrader():
        submission = _read_submission(root / "submitted" / student / lesson, root, lesson)
    executed = _autograde(settings, root, lesson, student, submission)
    _leave_to_a_person(settings, lesson, student, submission.unsure)
    _feedback(settings, lesson, student)
    return "; ".join(_remarks(submission, executed)), _misconceptions(executed)


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
        # Not json.loads of the bytes, which accepts more encodings than nbgrader does.
        text = path.read_bytes().decode("utf-8")
        if text.startswith("\ufeff"):
            raise CannotGrade(
                UNREADABLE, "begins with a byte-order mark, which no notebook has; save it as plain UTF-8"
            )
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise CannotGrade(UNREADABLE, f"not a notebook: no valid JSON at line {error.lineno}") from error
    except UnicodeDecodeError as error:
        raise CannotGrade(UNREADABLE, "not a notebook: no UTF-8 text") from error
    except RecursionError as error:
        raise CannotGrade(UNREADABLE, "not a notebook: nested too deeply") from error
    try:
        notebook = nbformat.reads(json.dumps(document), as_version=4)
        handed_in = [grade_id_of(cell) for cell in notebook.cells]
    except Exception as error:  # nbformat raises many kinds, depending on what is malformed
        raise CannotGrade(UNREADABLE, f"JSON, but not a notebook: {_first_line(error)}") from error
    cells = _lesson(root, lesson).cells
    graded = [grade_id_of(cell) for cell in cells if marks_of(cell).get("grade")]
    by_hand = {
        grade_id_of(cell) for cell in cells if marks_of(cell).get("grade") and cell.cell_type != "code"
    }
    count = Counter(handed_in)
    remarks = []
    if not notebook.metadata.get("kernelspec", {}).get("name"):
        remarks.append("names no kernel; graded with the course's")
    if repeated := [name for name in graded if count[name] > 1]:
        remarks.append(f"graded cells pasted twice, the last one counts: {', '.join(repeated)}")
    if moved := _moved(cells, handed_in):
        remarks.append(f"test cells moved above their exercise: {', '.join(moved)}")
    lost = tuple(name for name in graded if not count[name])
    unsure = tuple(name for name in (*lost, *repeated) if name in by_hand)
    return Submission(notebook, lost, unsure, tuple(remarks))


def _moved(lesson: list[NotebookNode], handed_in: list[str]) -> list[str]:
    """Test cells that stand above the exercise they follow in the lesson."""
    place = {name: number for number, name in enumerate(handed_in)}
    moved, exercise = [], ""
    for cell in lesson:
        name, marks = grade_id_of(cell), marks_of(cell)
        if marks.get("solution"):
            exercise = name
        elif marks.get("grade") and name in place and place[name] < place.get(exercise, 0):
            moved.append(name)
    return moved


def _check_timestamp(path: Path) -> None:
    if path.is_file():
        try:
            parse_utc(path.read_text().strip())
        except (ValueError, OverflowError) as error:
            raise CannotGrade(UNREADABLE, "timestamp.txt holds no date; remove it and grade again") from error


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


def _leave_to_a_person(settings: Config, lesson: str, student: str, names: Sequence[str]) -> None:
    """Undo the automatic zero of unanswered cells where the answer may stand in another cell."""
    if not names:
        return
    directory = course_directory(settings)
    with quiet_nbgrader(), Gradebook(directory.db_url, directory.course_id) as gradebook:
        for name in names:
            grade = gradebook.find_grade(name, lesson, lesson, student)
            grade.auto_score = None
            grade.needs_manual_grade = True
        gradebook.db.commit()


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


def _plain_feedback(root: Path, lesson: str, student: str, outcome: str, message: str) -> None:
    """Replace the feedback of an earlier submission by the reason why this one has none."""
    told = f"This submission could not be graded: {html.escape(message)}."
    if outcome == FAULT:
        told = (
            "This submission has not been graded yet. The reason lies with the grading, not with your work."
        )
    for step in ("autograded", "feedback"):
        shutil.rmtree(root / step / student / lesson, ignore_errors=True)
    page = root / "feedback" / student / lesson / f"{lesson}.html"
    with contextlib.suppress(OSError):  # no page is better than an earlier hand-in's
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            f'<!doctype html><meta charset="utf-8"><title>{html.escape(lesson)}</title>'
            f"<h1>{html.escape(lesson)}</h1><p>{told}</p>\n",
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
    tests = [name for name in submission.lost if name not in submission.unsure]
    if tests:
        remarks.append(f"lost test cells, put back and graded: {', '.join(tests)}")
    if written := [name for name in submission.lost if name in submission.unsure]:
        remarks.append(
            f"lost written cells, put back empty: {', '.join(written)}; "
            "the answer may stand in an unmarked cell, so grade it by hand"
        )
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
