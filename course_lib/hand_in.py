"""Handing in: what is still missing from a lesson's notebook, and the one file to upload."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError

STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@+-]*(?:_[A-Za-z0-9.@+-]+)*")  # never two _ in a row
CODE_STUB, TEXT_STUB = "#### Fill your code ####", "*Write your answer here, in place of this line.*"
LONGEST_STUDENT = 64
MAX_FILE = 5_000_000  # bytes of a file beside the notebook; grading leaves larger ones out

DATA = {".csv", ".json", ".jsonl", ".npz", ".png", ".txt"}  # what may travel beside a notebook

# STUDENT__LESSON__TIME.zip
NAME = re.compile(
    rf"(?P<student>{STUDENT.pattern})__(?P<lesson>\d\d_[a-z0-9_]+?)__(?P<when>\d{{8}}T\d{{6}}Z)"
)
WHEN = "%Y%m%dT%H%M%SZ"
# The same for nbgrader's zip collector: it sees each file below a folder named after its zip file, before
# whose name Moodle or Canvas may have put who uploaded it.
UNPACKED = (
    r".*/(?:[^/]+_assignsubmission_file_|[^/_]+(?:_LATE|_late)?_\d+_\d+_)?"
    rf"(?P<student_id>{STUDENT.pattern})__\d\d_[a-z0-9_]+?__(?P<timestamp>\d{{8}}T\d{{6}}Z)[^/]*/(?P<file_id>.+)"
)

_NOTHING_WRITTEN = "You did not provide a response."  # nbgrader's words
_OFTEN_DIES = "Often a cell needs more memory than there is, or calls exit()."


@dataclass(frozen=True)
class Missing:
    """One thing that is not done yet: the exercise or cell, and what is the matter with it."""

    name: str
    why: str


def file_name(student: str, lesson: str, when: datetime) -> str:
    """The name of the file to hand in. ValueError for a student that no folder can be named after."""
    if len(student) > LONGEST_STUDENT or not STUDENT.fullmatch(student):
        raise ValueError(
            f"{student!r} cannot name a folder: letters, digits and . _ @ + - only, a letter or digit first, "
            f"no two _ in a row, at most {LONGEST_STUDENT} characters"
        )
    return f"{student}__{lesson}__{when.astimezone(UTC).strftime(WHEN)}.zip"


def unfinished(notebook: Path, lesson: str) -> list[Missing]:
    """What is plainly not done in a notebook, without running it: open stubs, lost cells.

    Raises CourseError if it is no notebook.
    """
    from course_lib.checks.exercise import all_exercises

    cells = {cell_id: cell for cell in read_cells(notebook) if (cell_id := grade_id(cell))}
    missing = []
    for name, cell in cells.items():
        text = source_of(cell)
        if cell["cell_type"] == "code" and CODE_STUB in text and "NotImplementedError" in text:
            missing.append(Missing(name, "not filled in yet"))
        elif TEXT_STUB in text:
            missing.append(Missing(name, "the written answer is not there yet"))
    for exercise in all_exercises().values():
        if exercise.lesson == lesson and f"check_{exercise.id}" not in cells:
            missing.append(Missing(exercise.id, "its check cell is gone; grading puts it back"))
    return missing


def not_passing(notebook: Path, settings: Any) -> list[Missing]:
    """What a run from the top says: the checks that do not pass, in the checks' own words.

    settings: nbgrader's, as the Validate button has them. Takes as long as running the notebook small.
    """
    from nbclient.exceptions import DeadKernelError
    from nbconvert.filters import strip_ansi
    from nbgrader.validator import Validator

    try:
        found = Validator(config=settings).validate(str(notebook))
    except DeadKernelError:
        return [Missing("the notebook", f"does not run to its end: its kernel died. {_OFTEN_DIES}")]
    missing = [Missing("a check cell", "was changed; grading puts it back") for _ in found.get("changed", ())]
    missing += [
        Missing("a cell", "is of another kind than in the lesson; take the lesson's file again")
        for _ in found.get("type_changed", ())
    ]
    for failed in found.get("failed", ()):
        if failed["raw_error"] == _NOTHING_WRITTEN:
            continue  # `unfinished` says it better
        call = re.match(r'check\("(\w+)"', failed["source"])
        lines = [line for line in strip_ansi(failed["raw_error"]).splitlines() if line.strip()]
        name = call.group(1) if call else "a check"
        said = next((line for line in lines if line.startswith(f"{name}:")), lines[-1] if lines else "")
        missing.append(Missing(name, said.removeprefix(f"{name}: ") or "does not pass"))
    return missing


def in_order(missing: list[Missing], notebook: Path) -> list[Missing]:
    """The same in the order of the notebook's cells; what belongs to none of them last."""
    names = [grade_id(cell).removeprefix("check_") for cell in read_cells(notebook)]
    return sorted(missing, key=lambda each: names.index(each.name) if each.name in names else len(names))


def pack(notebook: Path, lesson: str, student: str, out: Path, when: datetime | None = None) -> Path:
    """Write the file to hand in: the notebook and the small data files beside it. Returns its path.

    Raises ValueError for a student that no folder can be named after.
    """
    when = when or datetime.now(UTC)
    path = out / file_name(student, lesson, when)
    out.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")  # a full disk must leave no half file under the right name
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(notebook, f"{lesson}.ipynb")
        for other in sorted(notebook.parent.iterdir()):
            plain = other.is_file() and not other.is_symlink() and not other.name.startswith(".")
            if plain and other != notebook and other.stat().st_size <= MAX_FILE and is_data(other):
                archive.write(other, other.name)
    partial.replace(path)
    return path


def is_data(path: Path) -> bool:
    """May it travel beside a notebook? Code may not: grading would leave it out."""
    return path.suffix in DATA


def read_cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells of a notebook file. Raises CourseError, saying what is wrong with it."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        assert all(isinstance(cell["metadata"], dict) and cell["cell_type"] for cell in cells)
    except FileNotFoundError:
        raise CourseError(
            "There is no notebook to hand in.",
            where=str(notebook),
            fix="begin it with `course lab`, or take the lesson's file again",
        ) from None
    except (ValueError, KeyError, TypeError, AssertionError):
        raise CourseError(
            "This file is not a notebook any more.",
            where=str(notebook),
            fix="open it in JupyterLab; if that fails, take the last good one from .ipynb_checkpoints",
        ) from None
    return list(cells)


def grade_id(cell: dict[str, Any]) -> str:
    """A cell's grade id, the empty string where it has none."""
    marks = cell["metadata"].get("nbgrader")
    return str(marks.get("grade_id", "")) if isinstance(marks, dict) else ""


def source_of(cell: dict[str, Any]) -> str:
    return "".join(cell.get("source", ""))
