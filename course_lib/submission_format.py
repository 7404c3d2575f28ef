"""What may be handed in: the names of files, their sizes, and how learning platforms rename them.

`course submit` writes such files; collecting and grading accept no others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@+-]*(?:_[A-Za-z0-9.@+-]+)*")  # never two _ in a row
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


def file_name(student: str, lesson: str, when: datetime) -> str:
    """The name of the file to hand in.

    Raises:
        ValueError: If no folder can be named after the student.
    """
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
    """What may be the mark of a learning platform at the beginning of a file's name."""
    return [mark for platform in (CANVAS, MOODLE) if (mark := platform.match(name))]


def _wrong_path(name: str) -> str:
    """Why no file can be handed in under this path; the empty string when one can."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.parts or path.is_absolute() or ".." in path.parts:
        return "its path leads elsewhere"
    if ":" in name or not name.isprintable():
        return "its name holds a : or a letter that cannot be shown; rename it"
    if any(len(part.encode()) > LONGEST_PART for part in path.parts):
        return f"its name is longer than {LONGEST_PART} bytes"
    return ""


def not_allowed(sizes: Mapping[str, int]) -> dict[str, str]:
    """The files beside a notebook that cannot be handed in, each with the reason.

    Args:
        sizes: Bytes of each file, by its path; earlier ones have the first claim on the space there is.
    """
    found: dict[str, str] = {}
    count = total = 0
    for name, size in sizes.items():
        why = _wrong_path(name)
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


def is_data(path: Path) -> bool:
    """Whether a file may travel beside a notebook. Code may not: grading would leave it out."""
    return path.suffix in DATA
