"""`course build`: sources in, the same bytes out, and a clear message for each mistake in a source."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest

from authoring.building import build_lessons
from authoring.lesson_source import LessonSourceError, read_lesson

LESSON = "01_small"


def snapshot(root: Path) -> dict[Path, tuple[bytes, int]]:
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for folder in ("solutions", "notebooks")
        for path in root.joinpath(folder).rglob("*")
        if path.is_file()
    }


def test_build_makes_both_notebooks_and_copies_pictures_but_no_source(small_course: Path) -> None:
    made = {str(drift.path.relative_to(small_course)) for drift in build_lessons(small_course)}
    assert made == {
        f"solutions/{LESSON}/{LESSON}.ipynb",
        f"notebooks/{LESSON}/{LESSON}.ipynb",
        f"notebooks/{LESSON}/figure.png",
    }
    assert not small_course.joinpath("gradebook.db").exists()


def test_a_second_build_touches_nothing(small_course: Path) -> None:
    build_lessons(small_course)
    before = snapshot(small_course)
    assert build_lessons(small_course) == []
    assert snapshot(small_course) == before


def test_released_notebook_has_named_stubs_and_no_solution(small_course: Path) -> None:
    build_lessons(small_course)
    released = nbformat.read(small_course / f"notebooks/{LESSON}/{LESSON}.ipynb", as_version=4)
    nbformat.validate(released)
    cells = {cell.id: cell for cell in released.cells}
    assert cells["double"].source.endswith(
        '"""Twice the number."""\n'
        "    #### Fill your code ####\n"
        '    raise NotImplementedError("double: not filled in yet")'
    )
    assert cells["check_double"].metadata.nbgrader.points == 3
    assert "Write your answer here" in cells["written_small"].source
    text = "\n".join(cell.source for cell in released.cells)
    assert not re.search("SOLUTION|doubled_number|number\\*\\*2|adding a number", text)


def test_cell_ids_do_not_depend_on_other_cells(source: Path) -> None:
    before = {cell.id for cell in read_lesson(source).cells}
    source.write_text(source.read_text() + "\n# %% [markdown]\n# A new end.\n")
    after = {cell.id for cell in read_lesson(source).cells}
    assert before < after
    assert len(after - before) == 1


@pytest.mark.parametrize("place", ["solutions", "notebooks"])
def test_check_names_a_file_with_one_changed_byte_and_writes_nothing(small_course: Path, place: str) -> None:
    build_lessons(small_course)
    edited = small_course / place / LESSON / f"{LESSON}.ipynb"
    edited.write_bytes(edited.read_bytes().replace(b"small", b"smell", 1))
    before = snapshot(small_course)
    (drift,) = build_lessons(small_course, check=True)
    assert (drift.path, drift.reason) == (edited, "different")
    assert snapshot(small_course) == before


def test_notebooks_of_a_vanished_lesson_are_removed(small_course: Path) -> None:
    build_lessons(small_course)
    gone = small_course / "notebooks/02_gone/02_gone.ipynb"
    shutil.copytree(small_course / "notebooks" / LESSON, gone.parent)
    gone.with_name(f"{LESSON}.ipynb").rename(gone)
    gone.with_name("figure.png").unlink()
    assert [(drift.path, drift.reason) for drift in build_lessons(small_course, check=True)] == [
        (gone, "left over")
    ]
    build_lessons(small_course)
    assert not gone.parent.exists()


def test_a_file_that_the_build_does_not_make_is_reported_and_kept(small_course: Path) -> None:
    build_lessons(small_course)
    stray = small_course / f"notebooks/{LESSON}/solution.py"
    stray.write_text("def double(number):\n    return 2 * number\n")
    checkpoint = stray.with_name(".ipynb_checkpoints") / "old.ipynb"
    checkpoint.parent.mkdir()
    checkpoint.write_text("{}")
    for check in (True, False):
        (drift,) = build_lessons(small_course, check=check)
        assert drift.path == stray
        assert drift.reason.startswith("stray")
    assert stray.exists()


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('"grade_id": "double", ', '"grade_id": "double" ', 14, "Expecting ',' delimiter"),
        ('"grade_id": "square"', '"grade_id": "double"', 25, "'double' is used twice"),
        ("    return doubled_number\n    ### END SOLUTION", "    return doubled_number", 17, "never closed"),
        ('"points": 3', '"points": "three"', 22, "points is wrong: 'three' is not of type 'number'"),
        ('"points": 3', '"points": -1', 22, "points is wrong: -1 is less than the minimum"),
        ('"points": 3, ', "", 22, "'check_double' does not have points"),
        ('"locked": true, "points": 3', '"points": 3', 22, "'locked' is a required property"),
        ('"points": 3', '"point": 3, "points": 3', 22, "'point' was unexpected"),
        ('"schema_version": 3', '"schema_version": 2', 14, "Outdated schema version: 2"),
        ('"schema_version": 3', '"schema_version": "3"', 14, "schema_version is '3'"),
        ('"grade_id": "double"', '"grade_id": "dou ble"', 14, "grade_id is wrong: 'dou ble'"),
        ('"grade_id": "double"', f'"grade_id": "{"d" * 65}"', 14, "is not a plain name"),
        ('"grade_id": "double"', '"grade_id": 5', 14, "grade_id is wrong: 5"),
        ("# %%\ndef check", "# %% nbgrader=7\ndef check", 10, "7 is not an object"),
        (
            '{"grade": true, "grade_id": "written',
            '{"grade": false, "grade_id": "written',
            37,
            "Markdown solution",
        ),
        ('check("square", square)', 'check("square", square)\nprint("x")', 32, "one line"),
        ('check("square", square)', 'check("squares", square)', 32, "one line"),
        ("# %%\ndef check", "#%%\ndef check", 10, "not a percent header"),
        ("# %% [markdown]\n# # A", "# %% [markdwon]\n# # A", 7, "markdwon"),
        ("# %% [markdown]\n# # A", "import this\n\n# %% [markdown]\n# # A", 7, "before the first"),
        ("    ### BEGIN SOLUTION\n    return", "    return", 28, "without ### BEGIN"),
        ("def check", "def (check", 11, "no Python"),
    ],
)
def test_a_mistake_in_a_source_is_named_with_its_line(
    source: Path, old: str, new: str, line: int, message: str
) -> None:
    source.write_text(source.read_text().replace(old, new, 1))
    with pytest.raises(LessonSourceError) as caught:
        read_lesson(source)
    text = str(caught.value)
    assert f"{source}:{line}: " in text
    assert message in text


def test_a_header_inside_a_text_is_named(source: Path) -> None:
    source.write_text(source.read_text().replace('"""Twice the number."""', '"""Twice.\n# %%\n"""'))
    with pytest.raises(LessonSourceError, match="inside a text in quotes"):
        read_lesson(source)


def test_points_are_those_of_the_criteria(source: Path) -> None:
    """Where the course knows an exercise, its test cell cannot give other points."""
    known = source.read_text().replace("double", "squeeze")
    source.write_text(known.replace('"points": 3', '"points": 4', 1))
    with pytest.raises(LessonSourceError, match=r"gives 4 points, the criteria of 'squeeze' give 3\."):
        read_lesson(source)


def test_an_exercise_name_belongs_to_one_lesson(small_course: Path, source: Path) -> None:
    twin = small_course / "solutions/02_twin/02_twin.py"
    twin.parent.mkdir()
    shutil.copy(source, twin)
    with pytest.raises(LessonSourceError, match="'double' is also used in"):
        build_lessons(small_course)
