"""What a student handed in, read without trusting it."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from autograder.grading.nbgrader_steps import moved_tests
from autograder.pages.sanitising import clean_attachments, encodable
from autograder.submissions.bounded_json import read_json
from course_lib.notebook_cells import grade_id, is_graded, is_written_answer, source_text
from course_lib.submission_format import MAX_FILE, MAX_FILES, MAX_NOTEBOOK, MAX_TOTAL, TIMESTAMP

MAX_BARE = 10_000_000  # bytes of the notebook outside of texts
MAX_CELLS = 2_000
MAX_SOURCE, ALL_SOURCES = 100_000, 1_000_000  # characters of one cell, of all; what reads them takes its time
MAX_TIMESTAMP = 100  # bytes of the file with the time of handing in

# Outcomes of a submission. Only FAULT is ours; all the others are recorded in the gradebook.
GRADED, UNREADABLE, MISSING, CRASHED, FAULT = "graded", "unreadable", "missing", "crashed", "our fault"


class CannotGrade(Exception):
    """This submission gets no further; `outcome` says in which way."""

    def __init__(self, outcome: str, message: str) -> None:
        self.outcome = outcome
        super().__init__(outcome, printable_line(message))

    def __str__(self) -> str:
        return str(self.args[1])


@dataclass(frozen=True)
class HandIn:
    """A student's folder as it was found: the files worth keeping, and the names of those left out.

    problem: why it cannot be graded (outcome and message), or None. digest: changes with any of the files.
    """

    student: str
    files: dict[str, bytes]
    left_out: tuple[str, ...]
    problem: tuple[str, str] | None
    digest: str


@dataclass(frozen=True)
class Submission:
    """A submission that was read: its notebook, the graded cells it lost, other remarks for the grader.

    `unsure` are the cells graded by hand that may not hold what the student wrote: lost, or there twice.
    """

    notebook: NotebookNode
    lost: tuple[str, ...]
    unsure: tuple[str, ...]
    remarks: tuple[str, ...]


def read_hand_in(folder: Path, student: str, lesson: str) -> HandIn:
    """Read a student's folder. Links are refused; files too large or too many are left out and named."""
    files: dict[str, bytes] = {}
    left_out: list[str] = []
    problem = None
    try:
        if glob.escape(student) != student:
            raise CannotGrade(
                UNREADABLE,
                f"nbgrader cannot read a folder with *, ? or [ in its name; rename {student} and grade again",
            )
        _collect(folder, lesson, files, left_out)
        _check_timestamp(files.get(TIMESTAMP))
    except CannotGrade as error:
        problem = (error.outcome, str(error))
    hasher = hashlib.sha256(repr((problem, sorted(left_out))).encode())
    for name in sorted(files):
        hasher.update(f"{name}\0{len(files[name])}\0".encode("utf-8", "surrogateescape") + files[name])
    return HandIn(student, files, tuple(left_out), problem, hasher.hexdigest()[:32])


def _collect(folder: Path, lesson: str, files: dict[str, bytes], left_out: list[str]) -> None:
    """Read the files below `folder` into `files`; raises CannotGrade without a readable notebook."""
    if folder.is_symlink():
        raise CannotGrade(UNREADABLE, f"holds a link ({folder.name}); hand in the file itself")
    wanted = f"{lesson}.ipynb"
    total, notebooks = 0, []
    for path in _below(folder):
        name = path.relative_to(folder).as_posix()
        information = path.lstat()
        if stat.S_ISLNK(information.st_mode):
            raise CannotGrade(UNREADABLE, f"holds a link ({name}); hand in the file itself")
        if name.endswith(".ipynb") and name != wanted:
            notebooks.append(name)
        if not stat.S_ISREG(information.st_mode):
            left_out.append(printable_line(name))
        elif name == wanted:
            if information.st_size > MAX_NOTEBOOK:
                raise CannotGrade(
                    UNREADABLE,
                    f"a notebook of {information.st_size:,} bytes; {MAX_NOTEBOOK:,} at most. "
                    "Clear all outputs and hand it in again",
                )
            files[name] = path.read_bytes()
        elif information.st_size > MAX_FILE or len(files) >= MAX_FILES or total > MAX_TOTAL:
            left_out.append(printable_line(name))
        else:
            files[name] = path.read_bytes()
            total += information.st_size
    if wanted not in files:
        found = (
            f"found {', '.join(sorted(notebooks)[:5])}: rename it"
            if notebooks
            else "the folder holds no notebook: hand it in"
        )
        raise CannotGrade(MISSING, f"no {wanted}; {found} and grade again")


def _below(folder: Path) -> Iterator[Path]:
    """Everything below a folder that is no folder; links are not followed. Stops after many entries."""
    for number, (place, folders, names) in enumerate(os.walk(folder)):
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in sorted([*names, *links]))
        if number > MAX_FILES:
            raise CannotGrade(UNREADABLE, f"holds more than {MAX_FILES} folders; hand in the notebook alone")


def _check_timestamp(text: bytes | None) -> None:
    """Raise CannotGrade for a time of handing in that nbgrader could not read."""
    if text is not None:
        try:
            if len(text) > MAX_TIMESTAMP:
                raise ValueError
            parse_utc(text.decode().strip())
        except (ValueError, OverflowError) as error:
            raise CannotGrade(UNREADABLE, f"{TIMESTAMP} holds no date; remove it and grade again") from error


def read_submission(data: bytes, lesson: NotebookNode) -> Submission:
    """Read a submitted notebook, and compare its graded cells with the lesson's. Raises CannotGrade."""
    notebook = _parse(data)
    handed_in = [grade_id(cell) for cell in notebook.cells]
    graded = [grade_id(cell) for cell in lesson.cells if is_graded(cell)]
    by_hand = {grade_id(cell) for cell in lesson.cells if is_written_answer(cell)}
    count = Counter(handed_in)
    remarks = []
    if not notebook.metadata.get("kernelspec", {}).get("name"):
        remarks.append("names no kernel; graded with the course's")
    if repeated := [name for name in graded if count[name] > 1]:
        remarks.append(f"graded cells pasted twice, the last one counts: {', '.join(repeated)}")
    if moved := moved_tests(lesson.cells, handed_in):
        remarks.append(f"test cells moved above their exercise, put back: {', '.join(moved)}")
    lost = tuple(name for name in graded if not count[name])
    unsure = tuple(name for name in (*lost, *repeated) if name in by_hand)
    return Submission(notebook, lost, unsure, tuple(remarks))


def _parse(data: bytes) -> NotebookNode:
    """A notebook from a file's bytes. Raises CannotGrade, saying what is wrong with it."""
    try:
        # Not json.loads of the bytes, which accepts more encodings than nbgrader does.
        text = data.decode("utf-8")
        if text.startswith("\ufeff"):
            raise CannotGrade(
                UNREADABLE, "begins with a byte-order mark, which no notebook has; save it as plain UTF-8"
            )
        document = read_json(data, MAX_BARE)
    except json.JSONDecodeError as error:
        raise CannotGrade(UNREADABLE, f"not a notebook: no valid JSON at line {error.lineno}") from error
    except UnicodeDecodeError as error:
        raise CannotGrade(UNREADABLE, "not a notebook: no UTF-8 text") from error
    except ValueError as error:
        raise CannotGrade(UNREADABLE, f"not a notebook: {first_line(error)}") from error
    cells = document.get("cells") if isinstance(document, dict) else None
    if not isinstance(cells, list):
        raise CannotGrade(UNREADABLE, "JSON, but not a notebook of format 4: it has no list of cells")
    if len(cells) > MAX_CELLS:
        raise CannotGrade(UNREADABLE, f"a notebook of {len(cells):,} cells; {MAX_CELLS:,} at most")
    kept = [_bare_cell(cell, number) for number, cell in enumerate(cells, 1)]
    if (length := sum(len(cell["source"]) for cell in kept)) > ALL_SOURCES:
        raise CannotGrade(UNREADABLE, f"cells of {length:,} characters in all; {ALL_SOURCES:,} at most")
    kernel = document.get("metadata", {}).get("kernelspec") if _is_object(document.get("metadata")) else None
    named = _is_object(kernel) and isinstance(kernel.get("name"), str)
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}} if named else {}
    notebook: NotebookNode = nbformat.from_dict(
        {"cells": kept, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    )
    return notebook


def _bare_cell(cell: Any, number: int) -> dict[str, Any]:
    """What grading needs of a submitted cell: words or code, grade id, pictures. Raises CannotGrade."""
    if not _is_object(cell) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        raise CannotGrade(UNREADABLE, f"JSON, but not a notebook: entry {number} of its cells is no cell")
    try:
        source = source_text(cell)
    except ValueError as error:
        raise CannotGrade(UNREADABLE, f"JSON, but not a notebook: cell {number} holds no text") from error
    if len(source) > MAX_SOURCE:
        raise CannotGrade(
            UNREADABLE, f"cell {number} has {len(source):,} characters; {MAX_SOURCE:,} at most, so shorten it"
        )
    name = grade_id(cell)
    bare: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "id": f"cell-{number}",
        "source": encodable(source),
        "metadata": {"nbgrader": {"grade_id": name}} if name else {},
    }
    if bare["cell_type"] == "code":
        return bare | {"outputs": [], "execution_count": None}
    return bare | ({"attachments": held} if (held := clean_attachments(cell.get("attachments"))) else {})


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def printable_line(text: str) -> str:
    """A text for one line of a table: what a terminal would obey, or no file can hold, becomes a ?."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def first_line(error: BaseException) -> str:
    """The first line of an error's message, at most 300 characters; its type when it has none."""
    return printable_line((str(error).strip().splitlines() or [type(error).__name__])[0][:300])
