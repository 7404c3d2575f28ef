"""What `course submit` says and packs."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import compute_checksum
from traitlets.config import Config
from typer.testing import CliRunner

from autograder.course_folder import CourseFolder
from autograder.submissions.collecting import COLLECTED, collect
from autograder.submissions.reading import read_hand_in
from course_lib import hand_in
from course_lib.cli import make_app
from course_lib.errors import CourseError
from course_lib.hand_in import CODE_STUB, TEXT_STUB, Missing, in_order, not_passing, pack, unfinished
from course_lib.paths import project_root
from course_lib.submission_format import ENTRY, MAX_BESIDE, MAX_FILE, MAX_FILES, NAME, TIMESTAMP

LESSON = "01_channel_attention"
WHEN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A copy of the lesson's notebook."""
    path = tmp_path / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir()
    path.write_bytes((project_root() / "notebooks" / LESSON / path.name).read_bytes())
    return path


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the marked cells of a notebook; those for which `change` gives None are left out."""
    notebook = json.loads(path.read_text())
    kept = []
    for cell in notebook["cells"]:
        if "nbgrader" not in cell["metadata"] or change(cell) is not None:
            kept.append(cell)
    path.write_text(json.dumps(notebook | {"cells": kept}))


def name_of(cell: dict[str, Any]) -> str:
    return str(cell["metadata"]["nbgrader"]["grade_id"])


def test_what_is_open_is_listed_in_the_order_of_the_lesson(released: Path) -> None:
    found = unfinished(released, LESSON)
    assert found[0] == Missing("squeeze", "not filled in yet")
    assert found[-1] == Missing("written_channel", "the written answer is not there yet")
    assert [each.name for each in found[1:4]] == ["excitation", "channel_attention", "se_parameters"]


def test_what_fails_stands_where_its_cell_stands(released: Path) -> None:
    open_cells = unfinished(released, LESSON)
    fails = Missing("excitation", "adds up to 1")
    given = [each for each in open_cells if each.name != fails.name]
    found = in_order([Missing("a cell", "is of another kind"), *given, fails], released)
    assert [each.name for each in found] == [*(each.name for each in open_cells), "a cell"]


def test_what_is_filled_in_is_not_listed(released: Path) -> None:
    edit(released, lambda cell: cell.update(source="x = 1") or cell)
    assert unfinished(released, LESSON) == []


def test_a_lost_check_is_named(released: Path) -> None:
    edit(released, lambda cell: None if name_of(cell) == "check_squeeze" else cell)
    assert Missing("squeeze", "its check cell is gone; grading puts it back") in unfinished(released, LESSON)


def test_words_about_the_stub_are_no_stub(released: Path) -> None:
    edit(released, lambda cell: cell.update(source=[f"# {CODE_STUB} was here\n", "x = 1"]) or cell)
    assert unfinished(released, LESSON) == []
    assert TEXT_STUB in (project_root() / "nbgrader_config.py").read_text()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"cells": [1]}',
        '{"cells": [{"metadata": 1}]}',
        '{"cells": [{"cell_type": "code", "metadata": {}, "source": 1}]}',
        '{"cells": ' + "[" * 100_000,
    ],
)
def test_what_is_no_notebook_is_said_with_a_way_out(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(content)
    with pytest.raises(CourseError, match=r"not a notebook any more(.|\n)*checkpoints"):
        unfinished(path, LESSON)
    with pytest.raises(CourseError, match="no notebook to hand in"):
        unfinished(tmp_path / "b.ipynb", LESSON)


def test_the_file_holds_the_notebook_and_small_data_beside_it(released: Path, tmp_path: Path) -> None:
    beside = released.parent
    beside.joinpath("scores.csv").write_text("1,2")
    beside.joinpath("answers.py").write_text("no code travels")
    beside.joinpath(".hidden.csv").write_text("")
    beside.joinpath("large.npz").write_bytes(bytes(MAX_FILE + 1))
    beside.joinpath("link.csv").symlink_to("/etc/passwd")
    path, left_out = pack(released, LESSON, "ada@school.edu", tmp_path / "out", WHEN)
    assert left_out == {"large.npz": "larger than 5,000,000 bytes"}
    assert path.name == "ada@school.edu__01_channel_attention__20261120T120000Z.zip"
    found = NAME.match(path.name)
    assert found and found.groupdict() == {
        "student": "ada@school.edu",
        "lesson": LESSON,
        "when": "20261120T120000Z",
    }
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [released.name, "scores.csv"]
        assert archive.read(released.name) == released.read_bytes()


def test_what_collecting_would_refuse_is_left_out_and_said(released: Path, tmp_path: Path) -> None:
    beside = released.parent
    awkward = ("shot 3.04\u202fPM.png", "scores 12:30.csv")
    for name in awkward:
        beside.joinpath(name).write_text("1")
    for number in range(101):
        beside.joinpath(f"z{number:03}.csv").write_text("1")
    for number in range(5):
        beside.joinpath(f"a{number}.csv").write_bytes(bytes(4_500_000))
    beside.joinpath(TIMESTAMP).write_text("not the student's")
    beside.joinpath(ENTRY).parent.mkdir()
    beside.joinpath(ENTRY).write_text("{}")
    beside.joinpath("leaderboard", "bob.json").write_text("{}")
    path, left_out = pack(released, LESSON, "ada", tmp_path / "out", WHEN)
    assert set(left_out) == {"a4.csv", *awkward, *(f"z{number:03}.csv" for number in range(93, 101))}
    assert left_out["z100.csv"] == f"more than {MAX_BESIDE} files"
    (taken,) = collect(path, CourseFolder(tmp_path))
    assert (taken.outcome, taken.why) == (COLLECTED, "")
    found = read_hand_in(tmp_path / "submitted" / "ada" / LESSON, "ada", LESSON)
    assert (len(found.files), found.left_out, found.problem) == (MAX_FILES, (), None)
    assert {ENTRY, TIMESTAMP} <= found.files.keys()


def test_a_notebook_too_large_to_grade_is_said_with_a_way_out(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_in, "MAX_NOTEBOOK", 10)
    with pytest.raises(CourseError, match="clear all outputs"):
        pack(released, LESSON, "ada", tmp_path / "out", WHEN)


def test_the_command_looks_at_the_name_before_it_runs_anything(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: object) -> list[Missing]:
        raise AssertionError("the notebook ran")

    released.parent.parent.joinpath("notebooks").mkdir()
    released.parent.rename(tmp_path / "notebooks" / LESSON)
    tmp_path.joinpath("notebooks", LESSON, "a:b.csv").write_text("1")
    monkeypatch.setattr("course_lib.cli.submit.project_root", lambda: tmp_path)
    monkeypatch.setattr(hand_in, "not_passing", run)
    done = CliRunner().invoke(make_app(), ["submit", "01", "--as", "ada lovelace"])
    assert isinstance(done.exception, CourseError)
    assert "is no user name" in str(done.exception)
    words = ["submit", "01", "--as", "ada", "--no-run"]
    assert "a:b.csv: its name holds a :" in CliRunner().invoke(make_app(), words).stdout
    said = json.loads(CliRunner().invoke(make_app(), [*words, "--json"]).stdout)
    assert said["missing"][0] == {"name": "squeeze", "why": "not filled in yet"}
    assert list(said["left_out"]) == ["a:b.csv"]
    assert Path(said["file"]).is_file()


def test_handing_in_twice_within_a_second_leaves_the_newer(released: Path, tmp_path: Path) -> None:
    first, _ = pack(released, LESSON, "ada", tmp_path / "out", WHEN)
    released.write_text("{}")
    assert pack(released, LESSON, "ada", tmp_path / "out", WHEN) == (first, {})
    with zipfile.ZipFile(first) as archive:
        assert archive.read(released.name) == b"{}"


def cell(kind: Any, source: str, name: str, *, grade: bool, solution: bool) -> nbformat.NotebookNode:
    made = kind(source)
    marks = {"grade_id": name, "grade": grade, "solution": solution, "locked": not solution}
    made.metadata["nbgrader"] = marks | {"schema_version": 3, "task": False, "points": 1}
    made.metadata["nbgrader"]["checksum"] = compute_checksum(made)
    return made


def test_each_trouble_is_told_once_and_in_words(tmp_path: Path) -> None:
    """A wrong name, an unwritten answer, which `unfinished` tells, and a kernel that dies."""
    path = tmp_path / f"{LESSON}.ipynb"
    notebook = new_notebook()
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.cells = [
        cell(new_code_cell, "from course_lib import check", "squeeze", grade=False, solution=True),
        cell(new_code_cell, 'check("squeeze", squeeze)', "check_squeeze", grade=True, solution=False),
        cell(new_markdown_cell, TEXT_STUB, "written", grade=True, solution=True),
    ]
    settings = Config()
    settings.Execute.kernel_name = "python3"
    nbformat.write(notebook, path)
    (found,) = not_passing(path, settings)
    assert (found.name, found.why) == ("squeeze", "NameError: name 'squeeze' is not defined")
    notebook.cells[0].source = "import os; os._exit(1)"
    nbformat.write(notebook, path)
    (found,) = not_passing(path, settings)
    assert found.name == "the notebook" and "its kernel died" in found.why
