"""Takes in the zip files of a class, as downloaded from Moodle or Canvas, without trusting any of them."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from nbgrader.utils import parse_utc

from autograder.grading.submission import MAX_FILES, MAX_NOTEBOOK, MAX_TOTAL, TIMESTAMP, shown
from course_lib.errors import CourseError
from course_lib.hand_in import NAME, WHEN

MAX_ARCHIVE = 100_000_000  # bytes of one student's zip file, packed
MAX_DEPTH = 2  # the download of a class is itself a zip file of zip files
MAX_MEMBERS = 10_000

# Who uploaded a file, as the learning platform says it in front of the student's own file name.
CANVAS = re.compile(r"(?P<owner>[^_]+(?:_LATE|_late)?_\d+)_\d+_(?=.*__)")
MOODLE = re.compile(r"(?P<owner>.+_\d+)_assignsubmission_file_?")

COLLECTED, KEPT, REFUSED, IGNORED = "collected", "kept", "refused", "ignored"


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


class Refused(Exception):
    """This file is not taken; the message says why."""


@dataclass(frozen=True)
class HandedIn:
    """A student's zip file, read: its files, and who uploaded it as far as the platform says."""

    file: str
    student: str
    lesson: str
    when: datetime
    owner: str
    files: dict[str, bytes]


def collect(place: Path, root: Path) -> list[Taken]:
    """Put the submissions found in `place`, a folder or a zip file, into root/submitted/STUDENT/LESSON/.

    Of several by one student the newest is kept; nothing that is replaced is lost, it goes to
    root/.course/replaced/. Two people who hand in under one name are both refused. Raises CourseError if
    there is no such place.
    """
    if not place.exists():
        raise CourseError(
            "There is nothing to collect.", where=str(place), fix="name the folder of zip files"
        )
    taken: list[Taken] = []
    read: list[HandedIn] = []
    for name, owner, data in archives(place, taken):
        try:
            read.append(open_one(name, owner, data))
        except Refused as refusal:
            taken.append(Taken(name, REFUSED, why=str(refusal)))
    groups: dict[tuple[str, str], list[HandedIn]] = {}
    for each in read:
        groups.setdefault((each.student.casefold(), each.lesson), []).append(each)
    for group in groups.values():
        taken += settle(sorted(group, key=lambda each: (each.when, each.file)), root)
    return sorted(taken, key=lambda each: (each.student, each.lesson, each.file))


def archives(place: Path, taken: list[Taken]) -> Iterator[tuple[str, str, bytes]]:
    """Name, owner and content of every zip file of `course submit`; what is none goes to `taken`."""
    paths = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
    for path in paths:
        name = path.name if path == place else path.relative_to(place).as_posix()
        if path.is_symlink():
            taken.append(Taken(shown(name), REFUSED, why="a link"))
        elif path.suffix.lower() != ".zip":
            taken.append(Taken(shown(name), IGNORED, why="not a zip file"))
        elif path.stat().st_size > MAX_ARCHIVE and NAME.search(path.name):
            taken.append(Taken(shown(name), REFUSED, why=f"larger than {MAX_ARCHIVE:,} bytes"))
        else:
            yield from inside(name, path.open("rb"), taken, MAX_DEPTH)


def inside(name: str, stream: IO[bytes], taken: list[Taken], depth: int) -> Iterator[tuple[str, str, bytes]]:
    """The zip file itself if its name says that it is a student's, else those in it."""
    with stream:
        if NAME.search(PurePosixPath(name).name):
            yield shown(name), owner_of(name), stream.read(MAX_ARCHIVE)
            return
        try:
            with zipfile.ZipFile(stream) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                packed = [member for member in members if member.filename.lower().endswith(".zip")]
                if not packed or not depth:
                    taken.append(Taken(shown(name), IGNORED, why="not named as `course submit` names it"))
                    return
                for member in members[:MAX_MEMBERS]:
                    if member not in packed:
                        taken.append(Taken(shown(f"{name}/{member.filename}"), IGNORED, why="not a zip file"))
                for member in packed[:MAX_MEMBERS]:
                    label = f"{name}/{member.filename}"
                    if member.file_size > MAX_ARCHIVE:
                        taken.append(Taken(shown(label), REFUSED, why=f"larger than {MAX_ARCHIVE:,} bytes"))
                        continue
                    yield from inside(label, io.BytesIO(bounded(archive, member)), taken, depth - 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            taken.append(Taken(shown(name), REFUSED, why=f"not a readable zip file: {error}"))


def owner_of(name: str) -> str:
    """Who uploaded a file, as the platform says it; empty when it does not."""
    for part in reversed(PurePosixPath(name).parts):
        if found := MOODLE.match(part):
            return found["owner"]
    found = CANVAS.match(PurePosixPath(name).name)
    return re.sub("_late", "", found["owner"], flags=re.IGNORECASE) if found else ""


def open_one(name: str, owner: str, data: bytes) -> HandedIn:
    """Read a student's zip file. Raises Refused for one that is not safe or not whole."""
    own = PurePosixPath(name).name
    for platform in (MOODLE, CANVAS):
        own = platform.sub("", own, count=1) if platform.match(own) else own
    found = NAME.match(own)
    if not found:
        raise Refused("not named STUDENT__LESSON__TIME.zip, as `course submit` names it")
    try:
        when = datetime.strptime(found["when"], WHEN).replace(tzinfo=UTC)
    except ValueError:
        raise Refused(f"its name holds no time: {found['when']}") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = read_files(archive, found["lesson"])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise Refused(f"not a readable zip file: {shown(str(error))}") from None
    return HandedIn(name, found["student"], found["lesson"], when, owner, files)


def read_files(archive: zipfile.ZipFile, lesson: str) -> dict[str, bytes]:
    """The files of a student's zip. Raises Refused for paths that lead out of it, links, and bombs."""
    files: dict[str, bytes] = {}
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_FILES:
        raise Refused(f"holds {len(members):,} files; {MAX_FILES} at most")
    if (size := sum(member.file_size for member in members)) > MAX_NOTEBOOK + MAX_TOTAL:
        raise Refused(f"unpacks to {size:,} bytes; {MAX_NOTEBOOK + MAX_TOTAL:,} at most")
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or not str(path).isprintable():
            raise Refused(f"holds a path that leads elsewhere: {shown(member.filename)}")
        if (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise Refused(f"holds a link: {shown(member.filename)}")
        if str(path) in files:
            raise Refused(f"holds {shown(member.filename)} twice")
        files[str(path)] = bounded(archive, member)
    if f"{lesson}.ipynb" not in files:
        raise Refused(f"holds no {lesson}.ipynb")
    return files


def bounded(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member's content, never more than the size it declares."""
    with archive.open(member) as stream:
        data = stream.read(member.file_size + 1)
    if len(data) > member.file_size:
        raise zipfile.BadZipFile(f"{member.filename} is larger than it says")
    return data


def settle(group: list[HandedIn], root: Path) -> Iterator[Taken]:
    """Take the newest of one student's submissions, if it is newer than what is there."""
    newest = group[-1]
    if len({each.owner for each in group if each.owner}) > 1:
        who = ", ".join(sorted({each.owner for each in group}))
        for each in group:
            why = f"handed in as {each.student} by several people ({who}); ask them, then collect one by hand"
            yield Taken(each.file, REFUSED, each.student, each.lesson, each.when, why)
        return
    for each in group[:-1]:
        yield Taken(each.file, KEPT, each.student, each.lesson, each.when, f"older than {newest.file}")
    folder = root / "submitted" / newest.student / newest.lesson
    there = time_of(folder)
    if there is not None and there >= newest.when:
        same = "the same is" if there == newest.when else "a newer one is"
        yield Taken(newest.file, KEPT, newest.student, newest.lesson, newest.when, f"{same} there already")
        return
    old = f", in place of that of {there:%Y-%m-%d %H:%M} UTC" if there else ""
    put(newest, folder, root)
    yield Taken(newest.file, COLLECTED, newest.student, newest.lesson, newest.when, old.removeprefix(", "))


def time_of(folder: Path) -> datetime | None:
    """When the submission in a folder was made; None where there is none, the earliest time if unknown."""
    if not folder.exists():
        return None
    try:
        when: datetime = parse_utc(folder.joinpath(TIMESTAMP).read_text().strip())
    except (OSError, ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)
    return when.replace(tzinfo=UTC)


def put(handed_in: HandedIn, folder: Path, root: Path) -> None:
    """Write a submission, whole or not at all; what was there is kept aside."""
    scratch = root / ".course" / "collecting"
    shutil.rmtree(scratch, ignore_errors=True)
    files = handed_in.files | {TIMESTAMP: f"{handed_in.when:%Y-%m-%d %H:%M:%S} UTC\n".encode()}
    for name, content in files.items():
        path = scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        aside = root / ".course" / "replaced" / handed_in.student / handed_in.lesson
        aside.mkdir(parents=True, exist_ok=True)
        folder.rename(aside / f"{len(list(aside.iterdir())) + 1:03}")
    scratch.rename(folder)
