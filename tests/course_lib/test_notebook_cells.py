"""Cells and marks of notebooks that anybody may have written."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course_lib.notebook_cells import (
    grade_id,
    is_graded,
    is_solution,
    is_test_cell,
    is_written_answer,
    names_read,
    nbgrader_marks,
    read_cells,
    read_check,
    source_text,
)

SOLUTION = {"grade_id": "squeeze", "grade": False, "solution": True, "locked": False}
TEST = {"grade_id": "check_squeeze", "grade": True, "solution": False, "locked": True}
WRITTEN = {"grade_id": "written", "grade": True, "solution": True, "locked": False}


def cell(marks: Any, kind: str = "code") -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {"nbgrader": marks}, "source": ""}


def test_marks_say_what_a_cell_is_for() -> None:
    for make in (dict, nbformat.from_dict):
        cells = [make(cell(SOLUTION)), make(cell(TEST)), make(cell(WRITTEN, "markdown"))]
        assert [grade_id(each) for each in cells] == ["squeeze", "check_squeeze", "written"]
        assert [is_solution(each) for each in cells] == [True, False, True]
        assert [is_graded(each) for each in cells] == [False, True, True]
        assert [is_test_cell(each) for each in cells] == [False, True, False]
        assert [is_written_answer(each) for each in cells] == [False, False, True]


@pytest.mark.parametrize("metadata", [None, 1, "nbgrader", [], ["nbgrader"], {}, {"nbgrader": 7}])
def test_unreadable_metadata_are_no_marks(metadata: Any) -> None:
    for odd in ({"cell_type": "code", "metadata": metadata}, {"cell_type": "code"}):
        assert (dict(nbgrader_marks(odd)), grade_id(odd)) == ({}, "")
        assert not any(said(odd) for said in (is_solution, is_graded, is_test_cell, is_written_answer))


@pytest.mark.parametrize("name", [None, 7, ["squeeze"], {}])
def test_a_grade_id_is_text(name: Any) -> None:
    assert grade_id(cell(SOLUTION | {"grade_id": name})) == ""


def test_a_source_is_one_text() -> None:
    assert source_text({"source": ["a = 1\n", "b = 2"]}) == source_text({"source": "a = 1\nb = 2"})
    assert source_text({}) == ""
    for odd in (None, 1, {}, ["a", 1]):
        with pytest.raises(ValueError, match="not text"):
            source_text({"source": odd})


def test_cells_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [cell(TEST)]}))
    assert read_cells(path) == [cell(TEST)]


def test_a_damaged_notebook_is_refused_without_asserts_too(tmp_path: Path) -> None:
    """`python -O` leaves every `assert` out."""
    path = tmp_path / "a.ipynb"
    path.write_text('{"cells":[{"cell_type":"code","metadata":1,"source":""}]}')
    script = (
        "import pathlib, sys\n"
        "from course_lib.hand_in import unfinished\n"
        "unfinished(pathlib.Path(sys.argv[1]), '01_channel_attention')"
    )
    done = subprocess.run([sys.executable, "-O", "-c", script, str(path)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "CourseError: This file is not a notebook any more." in done.stderr


def test_a_check_has_an_exercise_and_an_answer() -> None:
    assert read_check('check("squeeze", squeeze)  # 3 points\n') == ("squeeze", "squeeze")
    assert read_check('check("two", lambda x:\n    x + 1)') == ("two", "lambda x: x + 1")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "check(",
        "check",
        "1",
        "check()",
        'check("squeeze")',
        "check(squeeze, squeeze)",
        'check("squeeze", squeeze, 1)',
        'check("squeeze", *squeeze)',
        'check("squeeze", answer=squeeze)',
        'print("squeeze", squeeze)',
        'check("squeeze", squeeze); print()',
        "\0",
        pytest.param("(" * 10_000, id="10,000 brackets"),
        pytest.param(f'check("squeeze", {"-" * 2_000}1)', id="2,000 signs"),
    ],
)
def test_what_is_no_check_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="a test cell is one call"):
        read_check(source)


def test_names_read_are_those_whose_value_is_taken() -> None:
    source = "import a\nb = c.d(e)\ndef f(g):\n    h = 1\n    return h + i\nj += 1"
    assert names_read(ast.parse(source)) == {"c", "e", "h", "i", "j"}
