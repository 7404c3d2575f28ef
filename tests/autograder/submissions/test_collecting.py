"""What a class uploaded is taken in from the platforms' own shapes, and nothing in it is trusted."""

import errno
import io
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest
from typer.testing import CliRunner

from autograder.course_folder import CourseFolder
from autograder.submissions import collecting as collecting
from autograder.submissions.collecting import COLLECTED, IGNORED, KEPT, REFUSED, collect
from course_lib.cli import make_app
from course_lib.errors import CourseError
from course_lib.paths import project_root
from course_lib.submission_format import file_name

LESSON = "01_channel_attention"
WHEN = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)


def packed(files: dict[str, bytes] | None = None, lesson: str = LESSON) -> bytes:
    """A zip file as `course submit` writes it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (files or {f"{lesson}.ipynb": b"{}"}).items():
            archive.writestr(name, content)
    return stream.getvalue()


def name_of(student: str, minutes: int = 0) -> str:
    return file_name(student, LESSON, WHEN + timedelta(minutes=minutes))


def outcomes(place: Path, root: Path) -> dict[str, str]:
    return {each.file: each.outcome for each in collect(place, CourseFolder(root))}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("student", ["ada", "a.b-c@school.edu", "ab_123", "x+1"])
@pytest.mark.parametrize(
    "shape",
    [
        "{}",
        "lovelaceada_4711_815_{}",
        "lovelaceada_LATE_4711_815_{}",
        "Ada Lovelace_99_assignsubmission_file_/{}",
        "Ada Lovelace_99_assignsubmission_file_{}",
    ],
)
def test_the_names_of_both_platforms_are_understood(
    place: Path, tmp_path: Path, student: str, shape: str
) -> None:
    path = place / shape.format(name_of(student))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(packed({f"{LESSON}.ipynb": b"{}", "scores.csv": b"1,2"}))
    (taken,) = collect(place, CourseFolder(tmp_path))
    assert (taken.outcome, taken.student, taken.lesson, taken.when) == (COLLECTED, student, LESSON, WHEN)
    folder = tmp_path / "submitted" / student / LESSON
    assert {path.name for path in folder.iterdir()} == {f"{LESSON}.ipynb", "scores.csv", "timestamp.txt"}
    assert folder.joinpath("timestamp.txt").read_text() == "2025-11-20 12:00:00 UTC\n"


@pytest.mark.parametrize("mark", ["-1", " (2)", "-2"])
def test_a_copy_that_the_platform_or_browser_numbered_is_understood(
    place: Path, tmp_path: Path, mark: str
) -> None:
    path = place / name_of("ada").replace(".zip", f"{mark}.zip")
    path.write_bytes(packed())
    assert outcomes(place, tmp_path) == {path.name: COLLECTED}


def test_the_download_of_a_class_is_one_zip_of_zips(place: Path, tmp_path: Path) -> None:
    class_zip = place / "submissions.zip"
    class_zip.write_bytes(
        packed({name_of(student): packed() for student in ("ada", "bob")} | {"read me.txt": b"hello"})
    )
    assert sorted(outcomes(class_zip, tmp_path).values()) == [COLLECTED] * 2 + [IGNORED]  # and says so
    assert sorted(path.name for path in tmp_path.joinpath("submitted").iterdir()) == ["ada", "bob"]


def test_the_newest_counts_and_what_it_replaces_is_kept(place: Path, tmp_path: Path) -> None:
    first, second, third = (name_of("ada", minutes) for minutes in (0, 5, 9))
    for name, text in ((first, b"1"), (second, b"2")):
        place.joinpath(name).write_bytes(packed({f"{LESSON}.ipynb": text}))
    assert outcomes(place, tmp_path) == {first: KEPT, second: COLLECTED}
    assert outcomes(place, tmp_path) == {first: KEPT, second: KEPT}
    place.joinpath(third).write_bytes(packed({f"{LESSON}.ipynb": b"3"}))
    assert outcomes(place, tmp_path) == {first: KEPT, second: KEPT, third: COLLECTED}
    notebook = f"ada/{LESSON}/{{}}{LESSON}.ipynb"
    assert tmp_path.joinpath("submitted", notebook.format("")).read_bytes() == b"3"
    assert tmp_path.joinpath(".course/replaced", notebook.format("001/")).read_bytes() == b"2"


def test_a_submission_put_there_by_hand_is_replaced_but_not_lost(place: Path, tmp_path: Path) -> None:
    by_hand = tmp_path / "submitted" / "ada" / LESSON
    by_hand.mkdir(parents=True)
    by_hand.joinpath(f"{LESSON}.ipynb").write_bytes(b"by hand")
    place.joinpath(name_of("ada")).write_bytes(packed())
    assert list(outcomes(place, tmp_path).values()) == [COLLECTED]
    kept = tmp_path / ".course" / "replaced" / "ada" / LESSON / "001" / f"{LESSON}.ipynb"
    assert kept.read_bytes() == b"by hand"


def test_two_people_under_one_name_are_both_refused(place: Path, tmp_path: Path) -> None:
    for owner in ("lovelaceada_1", "bytheve_2"):
        place.joinpath(f"{owner}_77_{name_of('ada')}").write_bytes(packed())
    taken = collect(place, CourseFolder(tmp_path))
    assert [each.outcome for each in taken] == [REFUSED] * 2
    assert "bytheve_2, lovelaceada_1" in taken[0].why
    assert not tmp_path.joinpath("submitted").exists()


def link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo(f"{LESSON}.ipynb")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def twice() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(f"{LESSON}.ipynb", "a")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(f"{LESSON}.ipynb", "b")
    return stream.getvalue()


def broken(method: int) -> bytes:
    """A zip file with twenty wrong bytes in the middle of its packed content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr(f"{LESSON}.ipynb", repr(list(range(3000))))
    data = bytearray(stream.getvalue())
    data[1000:1020] = bytes(255 - byte for byte in data[1000:1020])
    return bytes(data)


def beside(*names: str) -> bytes:
    """A submission with other files, of one byte each."""
    return packed({f"{LESSON}.ipynb": b"{}"} | dict.fromkeys(names, b"1"))


TRICKS: dict[str, Callable[[], bytes]] = {
    "holds ../../x: its path leads elsewhere": lambda: beside("../../x"),
    "holds /x: its path leads elsewhere": lambda: beside("/x"),
    "holds a/../../x: its path leads elsewhere": lambda: beside("a\\..\\..\\x"),
    "holds c:/x: its name holds a :": lambda: beside("c:/x"),
    "holds .: its path leads elsewhere": lambda: beside("."),
    "timestamp.txt as a file and as a folder": lambda: beside("timestamp.txt/x"),
    "holds a as a file and as a folder": lambda: beside("a", "a/b"),
    "its name is longer than 255 bytes": lambda: beside("x" * 300),
    "cannot be written": lambda: beside("/".join(["x" * 250] * 20)),
    "holds a link": link,
    "twice": twice,
    "more than 98 files": lambda: beside(*(f"{n}.txt" for n in range(101))),
    "unpacks to a notebook of 80,000,000 bytes": lambda: packed({f"{LESSON}.ipynb": bytes(80_000_000)}),
    "a.csv: larger than": lambda: packed({f"{LESSON}.ipynb": b"", "a.csv": bytes(5_000_001)}),
    "files together": lambda: packed(
        {f"{LESSON}.ipynb": b""} | {f"{n}.csv": bytes(5_000_000) for n in range(5)}
    ),
    "holds no": lambda: packed({"other.ipynb": b"{}"}),
    "not a readable zip file": lambda: packed()[:-30],
    "not a readable zip file: File is not": lambda: b"hello",
    "not a readable zip file: Error -3": lambda: broken(zipfile.ZIP_DEFLATED),
    "packed in an unusual way": lambda: broken(zipfile.ZIP_BZIP2),
}


@pytest.mark.parametrize("why", TRICKS)
def test_tricks_are_refused_and_named_and_the_others_go_on(place: Path, tmp_path: Path, why: str) -> None:
    place.joinpath(name_of("eve")).write_bytes(TRICKS[why]())
    place.joinpath(name_of("ada")).write_bytes(packed())
    taken = {each.file: each for each in collect(place, CourseFolder(tmp_path))}
    assert taken[name_of("ada")].outcome == COLLECTED
    assert taken[name_of("eve")].outcome == REFUSED
    assert why in taken[name_of("eve")].why
    assert [path.name for path in tmp_path.joinpath("submitted").iterdir()] == ["ada"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".course", "downloads", "submitted"]


def test_a_member_larger_than_it_says_is_refused(place: Path, tmp_path: Path) -> None:
    data = bytearray(packed({f"{LESSON}.ipynb": bytes(5000)}))
    size = (5000).to_bytes(4, "little")
    while (found := data.find(size)) >= 0:
        data[found : found + 4] = (10).to_bytes(4, "little")
    place.joinpath(name_of("eve")).write_bytes(data)
    (taken,) = collect(place, CourseFolder(tmp_path))
    assert taken.outcome == REFUSED


def test_zips_in_zips_in_zips_are_not_followed_for_ever(place: Path, tmp_path: Path) -> None:
    data = packed({name_of("ada"): packed()})
    for depth in range(5):
        data = packed({f"{depth}.zip": data})
    place.joinpath("deep.zip").write_bytes(data)
    assert list(outcomes(place, tmp_path).values()) == [IGNORED]


def test_other_files_are_ignored_and_links_refused(place: Path, tmp_path: Path) -> None:
    place.joinpath("notes.txt").write_text("hello")
    place.joinpath("__MACOSX").mkdir()
    place.joinpath("__MACOSX", f"._{name_of('ada')}").write_bytes(b"a Mac's note")
    place.joinpath("photos.zip").write_bytes(packed({"a.png": b""}))
    place.joinpath(name_of("eve")).symlink_to("/etc/passwd")
    assert outcomes(place, tmp_path) == {
        "notes.txt": IGNORED,
        "photos.zip": IGNORED,
        f"__MACOSX/._{name_of('ada')}": IGNORED,
        name_of("eve"): REFUSED,
    }


def test_one_damaged_member_of_a_class_stops_nobody_else(place: Path, tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for student in ("ada", "bob", "eve"):
            archive.writestr(name_of(student), packed({f"{LESSON}.ipynb": os.urandom(3000)}))
    data = bytearray(stream.getvalue())
    start = data.find(b"bob__") + 1000
    data[start : start + 20] = bytes(20)
    place.joinpath("class.zip").write_bytes(data)
    found = outcomes(place, tmp_path)
    assert found == {
        f"class.zip/{name_of(student)}": outcome
        for student, outcome in (("ada", COLLECTED), ("bob", REFUSED), ("eve", COLLECTED))
    }


def test_an_older_sound_file_counts_where_the_newest_is_broken(place: Path, tmp_path: Path) -> None:
    place.joinpath(name_of("ada")).write_bytes(packed())
    place.joinpath(name_of("ada", 5)).write_bytes(b"hello")
    assert outcomes(place, tmp_path) == {name_of("ada"): COLLECTED, name_of("ada", 5): REFUSED}


def test_a_full_disk_is_an_error_for_all(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*words: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    place.joinpath(name_of("ada")).write_bytes(packed())
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(CourseError, match="The disk is full"):
        collect(place, CourseFolder(tmp_path))


ADA = "lovelaceada_11_22_"
MALLORY = {"canvas": "malory_33_44_", "moodle": "Mal Lory_33_assignsubmission_file_/"}


@pytest.mark.parametrize("mark", MALLORY.values(), ids=list(MALLORY))
@pytest.mark.parametrize(
    "inner",
    [
        "homework.zip",
        f"Ada L_99_assignsubmission_file_{name_of('ada', 9)}",
        f"lovelaceada_11_99_{name_of('ada', 9)}",
        name_of("ada", 9),
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_nobody_hands_in_for_another(place: Path, tmp_path: Path, mark: str, inner: str, later: bool) -> None:
    """By a zip file in an own one, or a name that looks like the platform's; at once or later."""
    honest = {f"{ADA}{name_of('ada')}": packed({f"{LESSON}.ipynb": b"ada"})}
    stolen = packed({f"{LESSON}.ipynb": b"mallory"})
    forged = {mark + inner: packed({name_of("ada", 9): stolen}) if inner == "homework.zip" else stolen}
    place.joinpath("class.zip").write_bytes(packed(honest))
    assert list(outcomes(place, tmp_path).values()) == [COLLECTED]
    place.joinpath("class.zip").write_bytes(packed(forged if later else honest | forged))
    found = {each.file: each for each in collect(place, CourseFolder(tmp_path))}[f"class.zip/{mark}{inner}"]
    assert found.outcome == REFUSED
    assert found.why
    there = tmp_path / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb"
    assert there.read_bytes() == b"ada"


def test_who_handed_in_what_is_there_is_named(place: Path, tmp_path: Path) -> None:
    first, second = place / f"{ADA}{name_of('ada')}", place / f"malory_33_44_{name_of('ada', 9)}"
    first.write_bytes(packed())
    collect(place, CourseFolder(tmp_path))
    first.unlink()
    second.write_bytes(packed())
    (found,) = collect(place, CourseFolder(tmp_path))
    assert found.outcome == REFUSED
    assert "(lovelaceada_11, malory_33); the one that is there is by lovelaceada_11" in found.why
    shutil.rmtree(tmp_path / "submitted" / "ada")  # the way out, when the first was the wrong one
    assert list(outcomes(place, tmp_path).values()) == [COLLECTED]


def test_one_person_under_two_names_is_reported(place: Path, tmp_path: Path) -> None:
    for student in ("ada", "ada2"):
        place.joinpath(f"{ADA}{name_of(student)}").write_bytes(packed())
    assert [each.why for each in collect(place, CourseFolder(tmp_path))] == [
        "the same person handed in as ada2",
        "the same person handed in as ada",
    ]


def test_the_later_upload_counts_when_two_are_of_one_time(place: Path, tmp_path: Path) -> None:
    for upload in (9, 10, 8):
        path = place / f"lovelaceada_11_{upload}_{name_of('ada')}"
        path.write_bytes(packed({f"{LESSON}.ipynb": f"{upload}".encode()}))
    collect(place, CourseFolder(tmp_path))
    there = tmp_path / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb"
    assert there.read_bytes() == b"10"
    place.joinpath(f"lovelaceada_11_12_{name_of('ada')}").write_bytes(packed({f"{LESSON}.ipynb": b"12"}))
    collect(place, CourseFolder(tmp_path))
    assert there.read_bytes() == b"12"
    assert COLLECTED not in outcomes(place, tmp_path).values()


def test_a_time_yet_to_come_is_refused(place: Path, tmp_path: Path) -> None:
    for student, hours in (("ada", 2), ("eve", 30)):
        when = datetime.now(UTC) + timedelta(hours=hours)
        place.joinpath(file_name(student, LESSON, when)).write_bytes(packed())
    ada, eve = sorted(collect(place, CourseFolder(tmp_path)), key=lambda each: each.file)
    assert (ada.outcome, eve.outcome) == (COLLECTED, REFUSED)
    assert "yet to come" in eve.why


def test_one_student_has_one_folder_however_the_name_is_written(place: Path, tmp_path: Path) -> None:
    place.joinpath(name_of("ada")).write_bytes(packed())
    collect(place, CourseFolder(tmp_path))
    place.joinpath(name_of("Ada", 5)).write_bytes(packed({f"{LESSON}.ipynb": b"later"}))
    assert outcomes(place, tmp_path)[name_of("Ada", 5)] == COLLECTED
    (folder,) = tmp_path.joinpath("submitted").iterdir()
    assert folder.joinpath(LESSON, f"{LESSON}.ipynb").read_bytes() == b"later"


@pytest.mark.parametrize("student", ["max_12_3", "mueller_2024", "a_1_2"])
def test_a_user_name_with_numbers_is_no_mark_of_canvas(place: Path, tmp_path: Path, student: str) -> None:
    place.joinpath(name_of(student)).write_bytes(packed())
    assert [each.student for each in collect(place, CourseFolder(tmp_path))] == [student]
    with pytest.raises(ValueError, match="use - for _"):
        file_name(f"{student}_3_4_x", LESSON, WHEN)  # nobody could tell


def test_a_lesson_that_is_not_here_is_ignored(place: Path, tmp_path: Path) -> None:
    lesson = "77_unknown"
    place.joinpath(file_name("ada", lesson, WHEN)).write_bytes(packed(lesson=lesson))
    (found,) = collect(place, CourseFolder(tmp_path))
    assert (found.outcome, found.why) == (IGNORED, "there is no lesson 77_unknown here")


def test_what_is_unpacked_only_to_look_is_limited_and_only_those_that_count_are_unpacked(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[str] = []
    copy = collecting.copy

    def counting(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: IO[bytes]) -> None:
        unpacked.append(member.filename)
        copy(archive, member, file)

    monkeypatch.setattr(collecting, "copy", counting)
    place.joinpath("eve_1_2_homework.zip").write_bytes(
        packed({f"{n}.zip": bytes(1_000_000) for n in range(4)})
    )
    assert list(outcomes(place, tmp_path).values()) == [IGNORED]
    assert not unpacked
    place.joinpath(name_of("ada")).write_bytes(packed())
    place.joinpath(name_of("ada", 5)).write_bytes(packed({f"{LESSON}.ipynb": b"5", "later.csv": b""}))
    collect(place, CourseFolder(tmp_path))
    assert unpacked == [f"{LESSON}.ipynb", "later.csv"]
    monkeypatch.setattr(collecting, "MAX_NESTED", 2_500_000)
    place.joinpath("class.zip").write_bytes(packed({f"{n}.zip": bytes(1_000_000) for n in range(4)}))
    del unpacked[:]
    found = outcomes(place, tmp_path)
    assert [found[f"class.zip/{n}.zip"] for n in range(4)] == [REFUSED] * 4
    assert unpacked == ["0.zip", "1.zip"]


def test_the_size_of_a_file_is_limited(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.joinpath(name_of("eve")).write_bytes(packed())
    monkeypatch.setattr(collecting, "MAX_ARCHIVE", 10)
    (taken,) = collect(place, CourseFolder(tmp_path))
    assert (taken.outcome, taken.why) == (REFUSED, "larger than 10 bytes")


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="There is nothing to collect"):
        collect(tmp_path / "none", CourseFolder(tmp_path))


def test_the_command_counts_and_fails_when_something_was_refused(place: Path, tmp_path: Path) -> None:
    place.joinpath(name_of("ada")).write_bytes(packed())
    words = ["collect", str(place), "--class", str(tmp_path)]
    done = CliRunner().invoke(make_app(), words)
    assert (done.exit_code, done.stdout) == (0, "1 collected · 0 kept · 0 refused · 0 ignored\n")
    place.joinpath(name_of("eve")).write_bytes(b"hello")
    done = CliRunner().invoke(make_app(), [*words, "--json"])
    assert done.exit_code == 1
    assert '"outcome": "refused"' in done.stdout


@pytest.mark.parametrize("student", ["", "..", "../x", "a b", "a__b", "-x", "_x", "é", "a/b", "x" * 65])
def test_no_file_is_named_after_what_cannot_name_a_folder(student: str) -> None:
    with pytest.raises(ValueError, match="is no user name"):
        file_name(student, LESSON, WHEN)


def test_nbgraders_own_collector_reads_the_same_names(tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(project_root() / "notebooks" / LESSON, root / "notebooks" / LESSON)
    shutil.copy(project_root() / "nbgrader_config.py", root)
    archive = root / "downloaded" / LESSON / "archive"
    shapes = {
        "ada": "{}",
        "x+1@school.edu": "bytheve_LATE_4711_815_{}",
        "a.b_c": "bytheve_4711_815_{}",
        "grace": "Grace Hopper_99_assignsubmission_file_/{}",
        "mary": "Mary_Ann Bell_99_assignsubmission_file_{}",
    }
    for student, shape in shapes.items():
        for minutes, text in ((0, b"old"), (7, b"new")):
            path = archive / shape.format(name_of(student, minutes))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(packed({f"{LESSON}.ipynb": text, "scores.csv": b"1,2"}))
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "zip_collect", LESSON],
        cwd=root,
        env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in root.joinpath("submitted").iterdir()) == sorted(shapes)
    for student in shapes:
        folder = root / "submitted" / student / LESSON
        assert folder.joinpath(f"{LESSON}.ipynb").read_bytes() == b"new"
        assert folder.joinpath("scores.csv").read_bytes() == b"1,2"
        assert folder.joinpath("timestamp.txt").read_text().startswith("2025-11-20 12:07:00")
