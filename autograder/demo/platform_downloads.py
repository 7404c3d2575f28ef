"""What Moodle and Canvas would let an instructor download for a made-up class."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from autograder.course_folder import CourseFolder
from autograder.demo.sample import Sample
from autograder.demo.sample_classes import filled
from course_lib.notebook_cells import nbgrader_marks, read_cells
from course_lib.submission_format import file_name

DEADLINE = datetime(2026, 3, 6, 18, tzinfo=UTC)
FIRST = (
    "Ada Ben Chioma Dana Emre Fatima Gita Hugo Ines Jonas "
    "Kofi Lena Mei Nils Olga Priya Quentin Rosa Sam Tariq"
)
LAST = (
    "Adeyemi Berg Castro Diaz Eriksen Fischer Garcia Haddad Ivanov "
    "Jansen Kim Lopez Meyer Nguyen Okafor Petrov"
)


@dataclass(frozen=True)
class Member:
    """One made-up student's work for one lesson; `expected` is None where a mistake has no name."""

    student: str
    full_name: str
    expected: float | None
    answers: Mapping[str, str]
    torn: bool = False


def name_of(number: int) -> tuple[str, str]:
    """User name and full name of a made-up student; no two are the same."""
    first, last = FIRST.split(), LAST.split()
    given, family = first[number % len(first)], last[number // len(first) % len(last)]
    return f"{given[0]}{family}{number + 1}".lower(), f"{given} {family}"


def _zip_of(released: Path, member: Member) -> bytes:
    """The file that this student's `course submit` made."""
    text = filled(released, Sample(member.student, "", 0, member.answers))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(released.name, text[: len(text) // 2] if member.torn else text)
    return packed.getvalue()


def _handed_in(lesson: str, members: Iterable[Member], released: Path) -> Iterator[tuple[Member, str, bytes]]:
    """Who uploads which file: everyone one, every tenth an earlier attempt too."""
    for number, member in enumerate(members):
        when = DEADLINE - timedelta(minutes=7 * number)
        if number % 10 == 3:
            earlier = file_name(member.student, lesson, when - timedelta(hours=5))
            yield member, earlier, _zip_of(released, replace(member, answers={}))
        yield member, file_name(member.student, lesson, when), _zip_of(released, member)


def _strays(lesson: str) -> Iterator[tuple[str, str, bytes]]:
    """Two files that must not be taken: a path that leads elsewhere, and an essay."""
    trick = io.BytesIO()
    with zipfile.ZipFile(trick, "w") as archive:
        archive.writestr(f"../../{lesson}.ipynb", "{}")
    yield "Mal Lory", file_name("mallory", lesson, DEADLINE), trick.getvalue()
    yield "Lou Late", "my essay.docx", b"an essay"


def moodle(lesson: str, members: tuple[Member, ...], course: CourseFolder) -> tuple[Path, Path]:
    """All submissions as Moodle packs them, a folder for each person, and its grading worksheet."""
    released = course.released_notebook(lesson)
    download = course.downloads / f"{lesson}-moodle.zip"
    download.parent.mkdir(parents=True, exist_ok=True)
    ids = {member.student: 50_000 + number for number, member in enumerate(members)}
    with zipfile.ZipFile(download, "w") as archive:
        for member, name, data in _handed_in(lesson, members, released):
            archive.writestr(f"{member.full_name}_{ids[member.student]}_assignsubmission_file_/{name}", data)
        for who, name, data in _strays(lesson):
            archive.writestr(f"{who}_49999_assignsubmission_file_/{name}", data)
    table = download.with_name(f"{lesson}_from_moodle.csv")
    titles = (
        "Identifier",
        "Full name",
        "Email address",
        "Status",
        "Grade",
        "Maximum Grade",
        "Grade can be changed",
    )
    lines = [
        (
            f"Participant {ids[m.student]}",
            m.full_name,
            f"{m.student}@school.example",
            "Submitted",
            "",
            "100.00",
            "Yes",
        )
        for m in members
    ]
    lines.append(
        ("Participant 1", "Nobody Handed-In", "nobody@school.example", "No submission", "", "100.00", "Yes")
    )
    _write(table, titles, lines)
    return download, table


def canvas(lesson: str, members: tuple[Member, ...], course: CourseFolder) -> tuple[Path, Path]:
    """All submissions as Canvas packs them, one long file name each, and its gradebook."""
    released = course.released_notebook(lesson)
    download = course.downloads / f"{lesson}-canvas.zip"
    download.parent.mkdir(parents=True, exist_ok=True)
    ids = {member.student: 900 + number for number, member in enumerate(members)}
    upload = iter(range(70_000, 10**9))
    with zipfile.ZipFile(download, "w") as archive:
        for member, name, data in _handed_in(lesson, members, released):
            last_first = re.sub(r"\W", "", "".join(reversed(member.full_name.split()))).lower()
            archive.writestr(f"{last_first}_{ids[member.student]}_{next(upload)}_{name}", data)
        for who, name, data in _strays(lesson):
            archive.writestr(f"{who.replace(' ', '').lower()}_899_{next(upload)}_{name}", data)
    number, words = int(lesson[:2]), lesson[3:].replace("_", " ")
    title = f"Lesson {number}: {words} ({4000 + number})"
    titles = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lesson 0: start (3999)", title)
    most = f"{_most(lesson, released):g}"
    lines = [("    Points Possible", "", "", "", "", "10.00", most)]
    lines += [
        (
            ", ".join(reversed(m.full_name.split())),
            str(ids[m.student]),
            f"S{ids[m.student]}",
            m.student,
            "A",
            "9",
            "",
        )
        for m in members
    ]
    lines.append(("Handed-In, Nobody", "1", "S1", "nobody", "A", "", ""))
    _write(download.with_name(f"{lesson}_from_canvas.csv"), titles, lines)
    return download, download.with_name(f"{lesson}_from_canvas.csv")


def _most(lesson: str, released: Path) -> float:
    """All points of a lesson, written answers too."""
    return float(sum(nbgrader_marks(cell).get("points", 0) for cell in read_cells(released)))


def _write(path: Path, titles: Iterable[str], lines: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        writer.writerows(lines)
