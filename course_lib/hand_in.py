"""Handing in: what is still missing from a lesson's notebook, and the one file to upload."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from course_lib.errors import CourseError

STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@+-]*(?:_[A-Za-z0-9.@+-]+)*")  # never two _ in a row
CODE_STUB, TEXT_STUB = "#### Fill your code ####", "*Write your answer here, in place of this line.*"
LONGEST_STUDENT = 64

# What grading reads: bytes of the notebook, of another file, of all others; the number of files.
MAX_NOTEBOOK, MAX_FILE, MAX_TOTAL, MAX_FILES = 50_000_000, 5_000_000, 20_000_000, 100
TIMESTAMP = "timestamp.txt"  # `course collect` writes it into each submission
MAX_BESIDE = MAX_FILES - 2  # all but the notebook and the time
LONGEST_PART = 255  # bytes of a file's name on disk

DATA = {".csv", ".json", ".jsonl", ".npz", ".png", ".txt"}  # what may travel beside a notebook
ENTRY = "leaderboard/me.json"  # what lesson 09 writes for the class

# STUDENT__LESSON__TIME.zip
NAME = re.compile(
    rf"(?P<student>{STUDENT.pattern})__(?P<lesson>\d\d_[a-z0-9_]+?)__(?P<when>\d{{8}}T\d{{6}}Z)"
)
WHEN = "%Y%m%dT%H%M%SZ"
# Who uploaded a file, as a learning platform says it in front of the file's own name.
CANVAS = re.compile(r"(?P<person>[^_/]+)(?:_LATE|_late)?_(?P<number>\d+)_(?P<upload>\d+)_")
MOODLE = re.compile(r"(?P<participant>[^/]+_\d+)_assignsubmission_file_?")
# The same for nbgrader's zip collector: it sees each file below a folder named after its zip file.
UNPACKED = (
    rf".*/(?:{CANVAS.pattern}|{MOODLE.pattern})?"
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
            f"{student!r} is no user name: letters, digits and . _ @ + - only, a letter or digit first, "
            f"no spaces, no two _ in a row, at most {LONGEST_STUDENT} characters"
        )
    if any(STUDENT.fullmatch(student[mark.end() :]) for mark in marks_before(student)):
        raise ValueError(
            f"{student!r} reads like the mark that Canvas or Moodle puts before a name; use - for _"
        )
    return f"{student}__{lesson}__{when.astimezone(UTC).strftime(WHEN)}.zip"


def marks_before(name: str) -> list[re.Match[str]]:
    """What may be a platform's mark at the beginning of a file's name."""
    return [mark for platform in (CANVAS, MOODLE) if (mark := platform.match(name))]


def wrong_path(name: str) -> str:
    """Why no file can be handed in under this path; empty when one can."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.parts or path.is_absolute() or ".." in path.parts:
        return "its path leads elsewhere"
    if ":" in name or not name.isprintable():
        return "its name holds a : or a letter that cannot be shown; rename it"
    if any(len(part.encode()) > LONGEST_PART for part in path.parts):
        return f"its name is longer than {LONGEST_PART} bytes"
    return ""


def not_allowed(sizes: Mapping[str, int]) -> dict[str, str]:
    """Which of the files beside a notebook cannot be handed in, and why. sizes: in bytes, by path."""
    found: dict[str, str] = {}
    count = total = 0
    for name, size in sizes.items():
        why = wrong_path(name)
        if not why and size > MAX_FILE:
            why = f"larger than {MAX_FILE:,} bytes"
        elif not why and count == MAX_BESIDE:
            why = f"more than {MAX_BESIDE} files"
        elif not why and total + size > MAX_TOTAL:
            why = f"all files together would be larger than {MAX_TOTAL:,} bytes"
        if why:
            found[name] = why
        else:
            count, total = count + 1, total + size
    return found


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


def pack(
    notebook: Path, lesson: str, student: str, out: Path, when: datetime | None = None
) -> tuple[Path, dict[str, str]]:
    """Write the file to hand in: the notebook and the small data files beside it.

    Returns its path, and the data files that were left out, with the reasons. Raises ValueError for a student
    that no folder can be named after, CourseError for a notebook that is too large.
    """
    when = when or datetime.now(UTC)
    path = out / file_name(student, lesson, when)
    if (size := notebook.stat().st_size) > MAX_NOTEBOOK:
        raise CourseError(
            f"The notebook has {size:,} bytes; {MAX_NOTEBOOK:,} at most.",
            where=str(notebook),
            fix="clear all outputs in JupyterLab (menu Edit), and save it",
        )
    beside = data_beside(notebook)
    left_out = not_allowed({name: file.stat().st_size for name, file in beside.items()})
    out.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")  # a full disk must leave no half file under the right name
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(notebook, f"{lesson}.ipynb")
        for name, file in beside.items():
            if name not in left_out:
                archive.write(file, name)
    partial.replace(path)
    return path, left_out


def data_beside(notebook: Path) -> dict[str, Path]:
    """The data files beside a notebook, and its entry for the leaderboard, by the name to travel under."""
    files = [path for path in sorted(notebook.parent.iterdir()) if not path.name.startswith(".")]
    files.insert(0, notebook.parent / ENTRY)  # first, so that others cannot crowd it out
    return {
        path.relative_to(notebook.parent).as_posix(): path
        for path in files
        if path.is_file() and not path.is_symlink() and is_data(path) and path.name != TIMESTAMP
    }


def is_data(path: Path) -> bool:
    """May it travel beside a notebook? Code may not: grading would leave it out."""
    return path.suffix in DATA


def read_cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells of a notebook file. Raises CourseError, saying what is wrong with it."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        assert all(isinstance(cell["metadata"], dict) and cell["cell_type"] for cell in cells)
    except FileNotFoundError:
        others = sorted(path.name for path in notebook.parent.glob("*.ipynb"))
        raise CourseError(
            "There is no notebook to hand in under the lesson's name.",
            where=f"{notebook}{'; there is: ' + ', '.join(others) if others else ''}",
            fix="give yours that name again; only if you have none, begin with `./course lab`",
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
