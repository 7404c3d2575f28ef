"""Everything that grading one lesson needs, as data that can travel to another process or machine."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from traitlets.config import Config

from autograder.course_folder import CourseFolder
from autograder.grading.nbgrader_steps import test_cells
from autograder.keys import class_keys
from autograder.keys.lesson_solutions import KeyProblem
from autograder.notebooks.nbgrader_settings import course_directory, last_cause, quiet_nbgrader
from course_lib.checks.answer_key import AnswerKey
from course_lib.errors import CourseError
from course_lib.notebook_cells import read_check

PLAIN_EXECUTE = "nbgrader.preprocessors.Execute"
SANDBOX_EXECUTE = "autograder.sandbox.execute_step.SandboxExecute"
JUDGE = "autograder.grading.nbgrader_steps.Judge"
# Tables of a gradebook that belong to students; the others describe the lesson.
STUDENT_TABLES = ("grade", "comment", "submitted_notebook", "submitted_assignment", "student")


@dataclass(frozen=True)
class LessonMaterials:
    """A lesson as its graders need it.

    files: the lesson's folders `solutions/` and `notebooks/`, path → content. gradebook: an SQLite file that
    knows the lesson's cells and no student. keys: the class's answer keys. due: the deadline.
    trust: submissions run in ordinary kernels instead of the sandbox. folder: the class's, of which no
    submission may see anything.
    """

    lesson: str
    settings: Config
    files: dict[str, bytes]
    gradebook: bytes
    keys: Mapping[str, AnswerKey]
    key_id: str
    due: str
    trust: bool
    folder: str

    @cached_property
    def source(self) -> NotebookNode:
        """The lesson's notebook with its solutions."""
        name = f"solutions/{self.lesson}/{self.lesson}.ipynb"
        notebook: NotebookNode = nbformat.reads(self.files[name].decode(), as_version=4)
        return notebook

    @cached_property
    def digest(self) -> str:
        """Changes with whatever can change a grade, but for the submission and the class secret."""
        settings = deepcopy(self.settings)
        settings.CourseDirectory.pop("root", None)  # where the class lies changes no grade
        settings.HTMLExporter.pop("extra_template_basedirs", None)
        hasher = hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode())
        hasher.update(repr((self.lesson, self.due, self.trust)).encode())
        for name in sorted(self.files):
            hasher.update(name.encode() + b"\0" + self.files[name])
        for name in sorted(self.keys):
            hasher.update(f"{name} {self.keys[name].digest}".encode())
        return hasher.hexdigest()[:32]


def gather_materials(
    settings: Config, course: CourseFolder, lesson: str, scratch: Path, trust: bool
) -> LessonMaterials:
    """The materials of a lesson of a class, whose gradebook learns the lesson's cells.

    scratch: a folder for what is needed meanwhile.

    Raises CourseError when the gradebook or the answer keys cannot be brought up to date: then nobody is
    graded, rather than everybody wrongly.
    """
    files = {
        f"{step}/{lesson}/{path.name}": path.read_bytes()
        for step, folder in (("solutions", course.solution(lesson)), ("notebooks", course.released(lesson)))
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix != ".py"
    }
    _record_lesson(settings, lesson, scratch)
    gradebook, due = _empty_gradebook(settings, lesson)
    materials = LessonMaterials(
        lesson, _execution_settings(settings, trust), files, gradebook, {}, "", due, trust, str(course.root)
    )
    if JUDGE not in settings.Autograde.autograde_preprocessors:
        return materials
    wanted = _checked_exercises(materials.source, lesson)
    try:
        keys = dict(class_keys.private_keys(course, wanted))
    except KeyProblem as error:
        if says_disk_full(str(error)):
            raise OSError(errno.ENOSPC, "no room for the class's answer keys") from error
        raise
    return replace(materials, keys=keys, key_id=class_keys.key_id(course))


def _checked_exercises(notebook: NotebookNode, lesson: str) -> list[str]:
    """Ids of the exercises that the test cells of a lesson check; CourseError for a cell that checks none."""
    try:
        return [read_check(cell.source)[0] for cell in test_cells(notebook)]
    except ValueError as error:
        raise CourseError(
            f"{lesson} cannot be graded: {error}.",
            where=f"solutions/{lesson}/{lesson}.ipynb",
            fix="run `course build`, which makes that file anew, and says what is wrong with its source",
        ) from error


def _execution_settings(settings: Config, trust: bool) -> Config:
    """The settings with the sandbox in place of nbgrader's kernels, unless trusted."""
    changed = deepcopy(settings)
    steps = list(settings.Autograde.autograde_preprocessors)
    if not trust:
        steps[steps.index(PLAIN_EXECUTE)] = SANDBOX_EXECUTE
    else:
        changed.Execute.merge(settings.Validator.Execute)  # the ordinary kernel, as for one's own work
    changed.Autograde.autograde_preprocessors = steps
    return changed


def _record_lesson(settings: Config, lesson: str, scratch: Path) -> None:
    """Write the lesson's cells and points into the gradebook; the released notebooks stay untouched."""
    with tempfile.TemporaryDirectory(dir=scratch) as place, quiet_nbgrader() as messages:
        directory = course_directory(settings, assignment_id=lesson, release_directory=place)
        try:
            GenerateAssignment(coursedir=directory, config=settings, force=True).start()
        except NbGraderException as error:
            locked = "locked" in last_cause(messages)
            raise CourseError(
                f"{lesson} cannot be recorded in the gradebook: {last_cause(messages)}",
                where=directory.db_url.removeprefix("sqlite:///"),
                fix="another program is writing to it; close that, then run this again"
                if locked
                else "run `course build`; if the exercises changed since the last grading, "
                "move the old gradebook.db away first",
            ) from error


def _empty_gradebook(settings: Config, lesson: str) -> tuple[bytes, str]:
    """A copy of the gradebook without its students, and the lesson's deadline."""
    directory = course_directory(settings)
    with contextlib.closing(sqlite3.connect(":memory:")) as copy:
        source = sqlite3.connect(f"file:{directory.db_url.removeprefix('sqlite:///')}?mode=ro", uri=True)
        with contextlib.closing(source):
            source.backup(copy)
        for table in STUDENT_TABLES:
            copy.execute(f"DELETE FROM {table}")
        copy.commit()
        copy.execute("VACUUM")
        (due,) = copy.execute("SELECT duedate FROM assignment WHERE name = ?", [lesson]).fetchone()
        return copy.serialize(), str(due)


def says_disk_full(text: str) -> bool:
    """Does an error's message say that there is no room left?"""
    return any(words in text for words in ("No space left", "Disk quota exceeded", "disk is full"))
