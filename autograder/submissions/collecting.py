"""Takes in the zip files of a class, as downloaded from Moodle or Canvas, without trusting any of them.

First only names are read, and it is settled which files count. Then these are unpacked, one at a time.
"""

from __future__ import annotations

import errno
import json
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from nbgrader.utils import parse_utc

from autograder.course_folder import CourseFolder
from autograder.submissions.reading import printable_line
from course_lib.errors import CourseError
from course_lib.lessons import lesson_names
from course_lib.submission_format import (
    CANVAS,
    LONGEST_PART,
    MAX_NOTEBOOK,
    MOODLE,
    NAME,
    TIMESTAMP,
    WHEN,
    file_name,
    marks_before,
    not_allowed,
)

MAX_ARCHIVE = 100_000_000  # bytes of one student's zip file, packed
MAX_NESTED = 500_000_000  # bytes of all that is unpacked from one file only to look for students' files in it
MAX_DEPTH = 2  # the download of a class is itself a zip file of zip files
MAX_MEMBERS = 10_000
AHEAD = timedelta(days=1)  # how far a student's clock may be wrong

COLLECTED, KEPT, REFUSED, IGNORED = "collected", "kept", "refused", "ignored"

# What reading a broken zip file, or writing what is in it, may raise.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class Taken:
    """What became of one file.

    outcome: collected; kept (a newer one of the same student was there or is among these); refused (it is
    not safe, or nobody can tell whose it is); ignored (no file of `course submit`).
    """

    file: str
    outcome: str
    student: str = ""
    lesson: str = ""
    when: datetime | None = None
    why: str = ""


class NotTaken(Exception):
    """This file is not taken: with which outcome, and why."""

    def __init__(self, outcome: str, why: str) -> None:
        self.outcome, self.why = outcome, printable_line(why)
        super().__init__(outcome, why)


@dataclass(frozen=True)
class Packed:
    """A file that was found. path: where in its folder or zip file; depth: inside how many zip files."""

    label: str
    path: PurePosixPath
    size: int
    open: Callable[[], IO[bytes]]
    depth: int = 0


@dataclass(frozen=True)
class HandedIn:
    """A student's zip file, as its name tells of it; owner and upload as far as the platform says them."""

    file: str
    student: str
    lesson: str
    when: datetime
    owner: str
    upload: int
    open: Callable[[], IO[bytes]]


def collect(place: Path, course: CourseFolder) -> list[Taken]:
    """Put the submissions found in `place`, a folder or a zip file, into the class's folder.

    Of several by one student the newest is kept; what is replaced is put aside, not lost. Two people who hand
    in under one name are both refused; notes hold who handed in what is there. Raises CourseError if there is
    no such place, or the disk is full.
    """
    if not place.exists():
        raise CourseError(
            "There is nothing to collect.", where=str(place), fix="name the folder of zip files"
        )
    taken: list[Taken] = []
    lessons = set(lesson_names(course.root) or lesson_names())
    groups: dict[tuple[str, str], list[HandedIn]] = {}
    with ExitStack() as opened:
        for each in _search(place, taken, opened):
            if each.lesson in lessons:
                groups.setdefault((each.student.casefold(), each.lesson), []).append(each)
            else:
                taken.append(_result_line(each, IGNORED, f"there is no lesson {each.lesson} here"))
        for group in groups.values():
            taken += _settle(sorted(group, key=lambda each: (each.when, each.upload, each.file)), course)
    return sorted(_with_other_names(taken, course), key=lambda each: (each.student, each.lesson, each.file))


def _result_line(each: HandedIn, outcome: str, why: str = "") -> Taken:
    return Taken(each.file, outcome, each.student, each.lesson, each.when, why)


def _search(place: Path, taken: list[Taken], opened: ExitStack) -> Iterator[HandedIn]:
    """The students' zip files in a folder or zip file; what is none goes to `taken`.

    Zip files that hold some stay open in `opened`, so that these can be unpacked later.
    """
    held: list[int] = []  # bytes of those that lay in other zip files, and were unpacked to look into them
    if place.is_file():
        # What the instructor names is the download of a class, unless it is plainly a student's.
        path = PurePosixPath(place.name if NAME.search(place.name) else "")
        found = [(place, Packed(place.name, path, place.stat().st_size, partial(_read_from, place)))]
    else:
        found = [(path, _on_disk(path, place)) for path in sorted(place.rglob("*")) if not path.is_dir()]
    for path_on_disk, packed in found:
        if path_on_disk.is_symlink():
            taken.append(Taken(printable_line(packed.label), REFUSED, why="a link"))
        elif path_on_disk.is_file():
            yield from _look_at(packed, taken, opened, held)


def _on_disk(path: Path, place: Path) -> Packed:
    name = path.relative_to(place).as_posix()
    return Packed(name, PurePosixPath(name), path.lstat().st_size, partial(_read_from, path))


def _read_from(path: Path) -> IO[bytes]:
    return path.open("rb")


def _look_at(packed: Packed, taken: list[Taken], opened: ExitStack, held: list[int]) -> Iterator[HandedIn]:
    """The student's zip file that this is, or those in it."""
    try:
        _check_name(packed)
        owner, upload, own = _uploaded_by(packed.path)
        if NAME.search(own):
            yield _read_name(packed, owner, upload, own)
        elif owner:
            raise _own_zip(packed, owner)
        else:
            for member in _inside(packed, opened, held):
                yield from _look_at(member, taken, opened, held)
    except NotTaken as told:
        taken.append(Taken(printable_line(packed.label), told.outcome, why=told.why))


def _check_name(packed: Packed) -> None:
    """Raises NotTaken for what is no zip file by its name, or has a name too long to be read safely."""
    parts = PurePosixPath(packed.label).parts
    if "__MACOSX" in parts or packed.path.name.startswith("._"):
        raise NotTaken(IGNORED, "a note that a Mac keeps about a file")
    if not packed.label.lower().endswith(".zip"):
        notebook = packed.label.lower().endswith(".ipynb")
        remedy = "; ask for the file of `course submit`, or put it into submitted/STUDENT/LESSON/ yourself"
        raise NotTaken(IGNORED, f"a bare notebook{remedy}" if notebook else "not a zip file")
    if any(len(part.encode(errors="replace")) > LONGEST_PART for part in parts):
        raise NotTaken(REFUSED, f"its name is longer than {LONGEST_PART} bytes")


def _uploaded_by(path: PurePosixPath) -> tuple[str, int, str]:
    """Who uploaded a file, the number of the upload, and the file's own name.

    The platform writes on the outside, so the outermost mark is its own; what follows is the student's.
    """
    for folder in path.parts[:-1]:
        if mark := MOODLE.match(folder):
            return mark["participant"], 0, path.name
    mark = next(iter(marks_before(path.name)), None)
    if not mark or (NAME.match(path.name) and not NAME.match(path.name, mark.end())):
        return "", 0, path.name
    own = path.name[mark.end() :]
    if mark.re is CANVAS:
        return f"{mark['person']}_{mark['number']}", int(mark["upload"]), own
    return mark["participant"], 0, own


def _read_name(packed: Packed, owner: str, upload: int, own: str) -> HandedIn:
    """What the name of a student's zip file says. Raises NotTaken for a name that says nothing sure."""
    found = NAME.match(own)
    if not found:
        raise NotTaken(REFUSED, "not named STUDENT__LESSON__TIME.zip, as `course submit` names it")
    if packed.size > MAX_ARCHIVE:
        raise NotTaken(REFUSED, f"larger than {MAX_ARCHIVE:,} bytes")
    try:
        when = datetime.strptime(found["when"], WHEN).replace(tzinfo=UTC)
    except ValueError:
        raise NotTaken(REFUSED, f"its name holds no time: {found['when']}") from None
    try:
        file_name(found["student"], found["lesson"], when)
    except ValueError as error:
        raise NotTaken(REFUSED, str(error)) from None
    if when > datetime.now(UTC) + AHEAD:
        raise NotTaken(REFUSED, f"made at {when:%Y-%m-%d %H:%M} UTC, says its name, which is yet to come")
    return HandedIn(
        printable_line(packed.label), found["student"], found["lesson"], when, owner, upload, packed.open
    )


def _own_zip(packed: Packed, owner: str) -> NotTaken:
    """What to say of a zip file that someone uploaded under another name than `course submit` gave it."""
    if packed.size > MAX_ARCHIVE:
        return NotTaken(REFUSED, f"larger than {MAX_ARCHIVE:,} bytes")
    with _readable(), packed.open() as stream, zipfile.ZipFile(stream) as archive:
        names = [PurePosixPath(member.filename[-LONGEST_PART:]).name for member in archive.infolist()]
    held = [name for name in names if NAME.search(name) and not name.startswith("._")]
    if held:
        return NotTaken(REFUSED, f"{held[0]} lies inside a zip file of {owner}; ask for the file itself")
    return NotTaken(IGNORED, "not named as `course submit` names it")


def _inside(packed: Packed, opened: ExitStack, held: list[int]) -> list[Packed]:
    """What lies in the download of a class. Raises NotTaken if there is no zip file in it."""
    if packed.depth == MAX_DEPTH:
        raise NotTaken(IGNORED, "not named as `course submit` names it")
    if packed.depth:
        if packed.size > MAX_ARCHIVE or sum(held) + packed.size > MAX_NESTED:
            raise NotTaken(REFUSED, f"larger than {MAX_ARCHIVE:,} bytes, or with others than {MAX_NESTED:,}")
        held.append(packed.size)
    with ExitStack() as mine, _readable():
        archive = mine.enter_context(zipfile.ZipFile(mine.enter_context(packed.open())))
        members = [
            Packed(
                f"{packed.label}/{member.filename}",
                PurePosixPath(member.filename),
                member.file_size,
                partial(_unpacked, archive, member),
                packed.depth + 1,
            )
            for member in _members_of(archive)
        ]
        if len(members) > MAX_MEMBERS:
            raise NotTaken(REFUSED, f"holds {len(members):,} files; {MAX_MEMBERS:,} at most")
        if not any(member.label.lower().endswith(".zip") for member in members):
            raise NotTaken(IGNORED, "not named as `course submit` names it")
        opened.enter_context(mine.pop_all())
    return members


def _members_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """All but the folders. `ZipInfo.is_dir` would fail on an empty name."""
    return [member for member in archive.infolist() if not member.filename.endswith("/")]


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    """A member of a zip file as a file of its own, on disk so that it takes no memory."""
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        copy(archive, member, file)
        file.seek(0)
        stack.pop_all()
    return file


def copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: IO[bytes]) -> None:
    """Write a member's content. `zipfile` gives no more of it than the member declares."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # The others are not unpacked bit by bit: a few bytes can fill the memory.
        raise zipfile.BadZipFile(f"{member.filename} is packed in an unusual way")
    with archive.open(member) as stream:
        shutil.copyfileobj(stream, file)


@contextmanager
def _readable() -> Iterator[None]:
    """Raises NotTaken for what cannot be read or written, but CourseError for a full disk."""
    try:
        yield
    except BROKEN as error:
        number = getattr(error, "errno", None)
        if number in (errno.ENOSPC, errno.EDQUOT):
            raise CourseError("The disk is full.", fix="make room, then collect again") from error
        why = "cannot be written" if number else "not a readable zip file"
        raise NotTaken(REFUSED, f"{why}: {error}") from error


def _settle(group: list[HandedIn], course: CourseFolder) -> Iterator[Taken]:
    """Take the newest sound one of a student's submissions, if it is newer than what is there."""
    newest = group[-1]
    folder = _folder_of(newest.student, course) / newest.lesson
    when = _time_of(folder)
    owner, upload = _note_of(newest.lesson, newest.student, course) if when else ("", 0)
    owners = {each.owner for each in group} | {owner}
    if len(owners - {""}) > 1:
        who = ", ".join(sorted(owners - {""}))
        there = f"; the one that is there is by {owner}" if owner else ""
        for each in group:
            why = f"handed in as {each.student} by several people ({who}){there}; ask them"
            yield _result_line(each, REFUSED, why)
        return
    taken = None
    for each in reversed(group):
        if taken:
            yield _result_line(each, KEPT, f"older than {taken.file}")
        elif when and (when, upload) >= (each.when, each.upload):
            yield _result_line(
                each, KEPT, f"{'the same is' if when == each.when else 'a newer one is'} there already"
            )
        else:
            try:
                _put_submission(each, folder, course)
            except NotTaken as told:
                yield _result_line(each, told.outcome, told.why)
            else:
                taken = each
                yield _result_line(
                    each, COLLECTED, f"in place of that of {when:%Y-%m-%d %H:%M} UTC" if when else ""
                )


def _folder_of(student: str, course: CourseFolder) -> Path:
    """The student's folder: one that is there already, however its letters are written, or a new one."""
    submitted = course.submitted
    if not submitted.is_dir() or submitted.joinpath(student).exists():
        return submitted / student
    there = (path for path in sorted(submitted.iterdir()) if path.name.casefold() == student.casefold())
    return next(there, submitted / student)


def _time_of(folder: Path) -> datetime | None:
    """When the submission in a folder was made; None where there is none, the earliest time if unknown."""
    if not folder.exists():
        return None
    try:
        when: datetime = parse_utc(folder.joinpath(TIMESTAMP).read_text().strip())
    except (OSError, ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)
    return when.replace(tzinfo=UTC)


def _note_place(lesson: str, student: str, course: CourseFolder) -> Path:
    return course.owners(lesson) / f"{student.casefold()}.json"


def _note_of(lesson: str, student: str, course: CourseFolder) -> tuple[str, int]:
    """Who handed in what is there under this name, and the number of that upload, as far as known."""
    try:
        note = json.loads(_note_place(lesson, student, course).read_text())
        return str(note["owner"]), int(note["upload"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", 0


def _put_submission(each: HandedIn, folder: Path, course: CourseFolder) -> None:
    """Write a submission, whole or not at all; what was there is kept aside. Raises NotTaken."""
    scratch = course.collecting_scratch
    shutil.rmtree(scratch, ignore_errors=True)
    note = _note_place(each.lesson, each.student, course)
    owner = each.owner or (_note_of(each.lesson, each.student, course)[0] if folder.exists() else "")
    with _readable(), ExitStack() as stack:
        stack.callback(shutil.rmtree, scratch, ignore_errors=True)
        course.make_private()
        scratch.mkdir()
        with each.open() as stream, zipfile.ZipFile(stream) as archive:
            _unpack(archive, each.lesson, scratch)
        scratch.joinpath(TIMESTAMP).write_text(f"{each.when:%Y-%m-%d %H:%M:%S} UTC\n")
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            aside = course.replaced(folder.parent.name, each.lesson)
            aside.mkdir(parents=True, exist_ok=True)
            folder.rename(aside / f"{len(list(aside.iterdir())) + 1:03}")
        scratch.rename(folder)
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps({"owner": owner, "upload": each.upload}))


def _unpack(archive: zipfile.ZipFile, lesson: str, folder: Path) -> None:
    """Write the files of a student's zip. Raises NotTaken for paths that lead out of it, links, and bombs."""
    found = [
        (str(PurePosixPath(member.filename.replace("\\", "/"))), member)
        for member in _members_of(archive)
        if member.filename != TIMESTAMP  # which is written here, not taken over
    ]
    names = [name for name, _ in found]
    sizes = {name: member.file_size for name, member in found}
    notebook = sizes.pop(f"{lesson}.ipynb", None)
    for name, why in not_allowed(sizes).items():
        raise NotTaken(REFUSED, f"holds {name}: {why}")
    folders = {str(above) for name in names for above in PurePosixPath(name).parents}
    for name, member in found:
        if (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise NotTaken(REFUSED, f"holds a link: {name}")
    if len(sizes) + (notebook is not None) < len(names):
        raise NotTaken(REFUSED, f"holds {Counter(names).most_common(1)[0][0]} twice")
    if clash := folders & {*names, TIMESTAMP}:
        raise NotTaken(REFUSED, f"holds {min(clash)} as a file and as a folder")
    if notebook is None:
        raise NotTaken(REFUSED, f"holds no {lesson}.ipynb")
    if notebook > MAX_NOTEBOOK:
        raise NotTaken(REFUSED, f"unpacks to a notebook of {notebook:,} bytes; {MAX_NOTEBOOK:,} at most")
    for name, member in found:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            copy(archive, member, file)


def _with_other_names(taken: list[Taken], course: CourseFolder) -> Iterator[Taken]:
    """Say of each collected file under which other names the same person handed in."""
    collected = {each.lesson for each in taken if each.outcome == COLLECTED}
    names: dict[tuple[str, str], list[str]] = {}
    for lesson in sorted(collected):
        for path in sorted(course.owners(lesson).glob("*.json")):
            owner, _ = _note_of(lesson, path.stem, course)
            if owner and _folder_of(path.stem, course).joinpath(lesson).exists():
                names.setdefault((lesson, owner), []).append(path.stem)
    others = {
        (lesson, name): [other for other in group if other != name]
        for (lesson, _), group in names.items()
        for name in group
    }
    for each in taken:
        too = others.get((each.lesson, each.student.casefold()), []) if each.outcome == COLLECTED else []
        told = f"the same person handed in as {', '.join(too)}" if too else ""
        yield replace(each, why="; ".join(why for why in (each.why, told) if why))
