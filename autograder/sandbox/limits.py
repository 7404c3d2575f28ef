"""How much a submission may use: a whole run, and each of its cells."""

from __future__ import annotations

import re
import resource
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from course_lib.checks.exercise import all_exercises
from course_lib.errors import CourseError

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


# Where a lesson, or the test cell of an exercise, needs another limit than the usual one: its number or id,
# and what to replace.
LESSONS: dict[str, dict[str, float]] = {}
EXERCISES: dict[str, dict[str, float]] = {
    "describe": {"cell_seconds": 60.0},  # looks at the whole training set
}


def of_lesson(lesson: str, own: Mapping[str, Any] | None = None) -> Limits:
    """The limits of a run of that lesson (its folder name); `own` replaces numbers for this class.

    Raises CourseError for a name that no limit has.
    """
    known = [field.name for field in fields(Limits)]
    if unknown := sorted(set(own or {}) - set(known)):
        raise CourseError(
            f"There is no limit called {unknown[0]!r}.",
            where="SandboxExecute.limits in nbgrader_config.py",
            fix=f"the names are {', '.join(known)}",
        )
    return replace(Limits(), **{**LESSONS.get(lesson[:2], {}), **(own or {})})


def of_cell(source: str, limits: Limits) -> Limits:
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


def unknown_exercises() -> list[str]:
    """Ids in the table above that no exercise has."""
    return sorted(set(EXERCISES) - set(all_exercises()))


def apply(limits: Limits) -> None:
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
