"""Handing in: what is still missing in the notebook of a lesson, and the one file to upload."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course_lib import submission_format
from course_lib.errors import CourseError
from course_lib.notebook_cells import CHECK_PREFIX, grade_id, read_cells, source_text
from course_lib.submission_format import ENTRY, MAX_NOTEBOOK, TIMESTAMP, file_name, is_data, not_allowed

# Version 0.1 defined these two here, and an instructor's own nbgrader_config.py may still import them.
DATA, UNPACKED = submission_format.DATA, submission_format.UNPACKED

CODE_STUB, TEXT_STUB = "#### Fill your code ####", "*Write your answer here, in place of this line.*"

_NOTHING_WRITTEN = "You did not provide a response."  # nbgrader's words
_OFTEN_DIES = "Often a cell needs more memory than there is, or calls exit()."


@dataclass(frozen=True)
class Missing:
    """One thing that is not done yet: the exercise or cell, and what is the matter with it."""

    name: str
    why: str


def unfinished(notebook: Path, lesson: str) -> list[Missing]:
    """What is plainly not done in a notebook, without running it: open stubs, lost cells.

    Raises:
        CourseError: If the file is missing or not a notebook.
    """
    from course_lib.checks.exercise import all_exercises

    cells = {name: cell for cell in _cells(notebook) if (name := grade_id(cell))}
    missing = []
    for name, cell in cells.items():
        text = source_text(cell)
        if cell["cell_type"] == "code" and CODE_STUB in text and "NotImplementedError" in text:
            missing.append(Missing(name, "not filled in yet"))
        elif TEXT_STUB in text:
            missing.append(Missing(name, "the written answer is not there yet"))
    for exercise in all_exercises().values():
        if exercise.lesson == lesson and f"{CHECK_PREFIX}{exercise.id}" not in cells:
            missing.append(Missing(exercise.id, "its check cell is gone; grading puts it back"))
    return missing


def not_passing(notebook: Path, settings: Any) -> list[Missing]:
    """What a run from the top says: the checks that do not pass, in the checks' own words.

    This takes as long as running the notebook with the tiny data of the smoke profile.

    Args:
        settings: nbgrader's, as the Validate button has them.
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
        # Not `read_check`: a student may have changed the cell, and is to hear about it all the same.
        call = re.match(r'check\("(\w+)"', failed["source"])
        lines = [line for line in strip_ansi(failed["raw_error"]).splitlines() if line.strip()]
        name = call.group(1) if call else "a check"
        said = next((line for line in lines if line.startswith(f"{name}:")), lines[-1] if lines else "")
        missing.append(Missing(name, said.removeprefix(f"{name}: ") or "does not pass"))
    return missing


def in_order(missing: list[Missing], notebook: Path) -> list[Missing]:
    """The same in the order of the notebook's cells; what belongs to none of them last."""
    names = [grade_id(cell).removeprefix(CHECK_PREFIX) for cell in _cells(notebook)]
    return sorted(missing, key=lambda each: names.index(each.name) if each.name in names else len(names))


def pack(
    notebook: Path, lesson: str, student: str, out: Path, when: datetime | None = None
) -> tuple[Path, dict[str, str]]:
    """Write the file to hand in: the notebook and the small data files beside it.

    Returns:
        The path of the file, and the data files that were left out, with the reasons.

    Raises:
        ValueError: If no folder can be named after the student.
        CourseError: If the notebook is too large.
    """
    when = when or datetime.now(UTC)
    path = out / file_name(student, lesson, when)
    if (size := notebook.stat().st_size) > MAX_NOTEBOOK:
        raise CourseError(
            f"The notebook has {size:,} bytes; {MAX_NOTEBOOK:,} at most.",
            where=str(notebook),
            fix="clear all outputs in JupyterLab (menu Edit), and save it",
        )
    beside = _data_beside(notebook)
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


def _data_beside(notebook: Path) -> dict[str, Path]:
    """The data files beside a notebook, and its entry for the leaderboard, by the name to travel under."""
    files = [path for path in sorted(notebook.parent.iterdir()) if not path.name.startswith(".")]
    files.insert(0, notebook.parent / ENTRY)  # first, so that others cannot crowd it out
    return {
        path.relative_to(notebook.parent).as_posix(): path
        for path in files
        if path.is_file() and not path.is_symlink() and is_data(path) and path.name != TIMESTAMP
    }


def _cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells of a notebook file; a CourseError says what is wrong with a file that has none."""
    try:
        return read_cells(notebook)
    except FileNotFoundError:
        others = sorted(path.name for path in notebook.parent.glob("*.ipynb"))
        raise CourseError(
            "There is no notebook to hand in under the lesson's name.",
            where=f"{notebook}{'; there is: ' + ', '.join(others) if others else ''}",
            fix="give yours that name again; only if you have none, begin with `./course lab`",
        ) from None
    except ValueError:
        raise CourseError(
            "This file is not a notebook any more.",
            where=str(notebook),
            fix="open it in JupyterLab; if that fails, take the last good one from .ipynb_checkpoints",
        ) from None
