"""How much a submission may use: a whole run, and each of its cells."""

from __future__ import annotations

import difflib
import re
import resource
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from course_lib.checks.exercise import all_exercises
from course_lib.errors import CourseError
from course_lib.lessons import lesson_names

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Limits of one run.

    cell_seconds: wall time of one cell. total_seconds: wall time of the whole run. test_seconds: the part of
    it that is kept for the test cells, however long the student's own cells take. cpu_seconds: processor time
    of each process. memory: bytes in use by all processes of the run together, and by the kernel for them.
    address_space: bytes that one process may reserve. files: bytes on the work disk.
    processes: processes and threads together. open_files: of each process. output: bytes of output kept per
    cell; all_output, all_evidence: of the whole run, for evidence and for all else. What is beyond is counted
    and dropped.
    """

    cell_seconds: float = 30.0
    total_seconds: float = 300.0
    test_seconds: float = 60.0
    cpu_seconds: int = 300
    memory: int = 3_000 * MB
    address_space: int = 8_000 * MB
    files: int = 200 * MB
    processes: int = 256
    open_files: int = 512
    output: int = 6 * MB
    all_output: int = 24 * MB
    all_evidence: int = 60 * MB


_NAMES = [field.name for field in fields(Limits)]

# Where a lesson, or the test cell of an exercise, needs another limit than the usual one: its number or id,
# and what to replace.
LESSONS: dict[str, dict[str, float]] = {}
EXERCISES: dict[str, dict[str, float]] = {
    "describe": {"cell_seconds": 60.0},  # looks at the whole training set
}
_HERE = "autograder/sandbox/limits.py"
_OF_CLASS = "SandboxExecute.limits in nbgrader_config.py"


def limits_of_lesson(lesson: str, own: Mapping[str, Any] | None = None) -> Limits:
    """Return the limits of a run of a lesson.

    Args:
        lesson: Its folder name.
        own: Numbers that this class sets in place of the lesson's, by the names of `Limits`.

    Raises:
        CourseError: `own` has a name that no limit has.
    """
    own = own or {}
    _refuse_unknown("limit", own, _NAMES, _OF_CLASS)
    return replace(Limits(), **{**LESSONS.get(lesson[:2], {}), **own})


def limits_of_cell(source: str, limits: Limits) -> Limits:
    """The limits of one cell: those of the exercise whose evidence it asks for, else the run's.

    A student's cell may name an exercise too. It then gets the limits of that one, and may use up the time
    that is kept for the test cells: their own loss.
    """
    own = EXERCISES.get(exercise_asked(source), {})
    return replace(limits, **own)  # type: ignore[arg-type]


def exercise_asked(source: str) -> str:
    """The exercise whose evidence a cell asks for; the empty string when it is no test cell."""
    asked = re.search(r'"exercise": "(\w+)"', source)
    return asked[1] if asked else ""


def require_known_names(lesson: str, own: Mapping[str, Any]) -> None:
    """Refuse limits for what does not exist, before anybody is graded; a misspelt name would change nothing.

    Args:
        lesson: The folder name of the one to be graded.
        own: Numbers that this class sets itself, as for `of_lesson`.

    Raises:
        CourseError: `own` or one of the tables above names a limit, a lesson or an exercise that is none.
    """
    _refuse_unknown("limit", own, _NAMES, _OF_CLASS)
    lessons = {name[:2] for name in (lesson, *lesson_names())}  # a class may have a lesson of its own
    _refuse_unknown("lesson", LESSONS, sorted(lessons), f"LESSONS in {_HERE}")
    _refuse_unknown("exercise", EXERCISES, list(all_exercises()), f"EXERCISES in {_HERE}")
    for table, entries in (("LESSONS", LESSONS), ("EXERCISES", EXERCISES)):
        for name, limits in entries.items():
            _refuse_unknown("limit", limits, _NAMES, f"{table}[{name!r}] in {_HERE}")


def _refuse_unknown(kind: str, names: Iterable[str], known: Sequence[str], where: str) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            raise CourseError(
                f"There is no {kind} called {name!r}.",
                where=where,
                fix=f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}",
            )


def apply_limits(limits: Limits) -> None:
    """Set the limits that the kernel keeps; the supervisor keeps wall time, memory in use and output."""
    for what, value in (
        (resource.RLIMIT_AS, limits.address_space),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.files),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (value, value))
