"""The stored outputs of the lessons: are they those of today's code, small, and without anything to hide?"""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from PIL import Image

from authoring.site import stored_outputs
from authoring.site.sphinx_build import build_site
from course_lib.errors import CourseError
from course_lib.lessons import lesson_names
from course_lib.paths import project_root

ROOT = project_root()
LESSON = "01_try"


@pytest.mark.parametrize("lesson", lesson_names())
def test_stored_outputs_are_of_todays_lesson(lesson: str) -> None:
    assert stored_outputs.stale(ROOT, lesson) == [], (
        f"course run {lesson[:2]}; course book --refresh {lesson[:2]}"
    )


@pytest.mark.parametrize("lesson", lesson_names())
def test_stored_figures_are_small_and_described(lesson: str) -> None:
    shown = [
        output
        for cell in stored_outputs.stored_outputs_of(ROOT, lesson).values()
        for output in cell
        if "image" in output
    ]
    assert shown
    for output in shown:
        assert len(output["alt"].split()) >= 4
        assert stored_outputs.folder(ROOT, lesson).joinpath(output["image"]).stat().st_size < 200_000


def cell(source: str, *given: NotebookNode, id: str, **marks: object) -> NotebookNode:
    made = nbformat.v4.new_code_cell(source, id=id, outputs=list(given))
    if marks:
        made.metadata["nbgrader"] = marks
    return made


def printed(text: str) -> NotebookNode:
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def figure() -> NotebookNode:
    file = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(file, format="png")
    return nbformat.v4.new_output(
        "display_data",
        {"image/png": base64.b64encode(file.getvalue()).decode(), "text/plain": "[figure] …"},
        metadata={"image/png": {"alt": "Grey noise, nothing else.", "width": 150}},
    )


CELLS = (
    cell("x = 2  # two", id="two"),
    cell("def f(a):\n    return a", id="f", solution=True, grade=False, grade_id="f"),
    cell("print(f(x))", printed("7 of 8 · loss 0.1 · 1,234 images/s · 12 s\nin the block 98\n"), id="shown"),
    cell(
        'check("f", f)',
        printed("2 of 2 points"),
        id="check_f",
        solution=False,
        grade=True,
        grade_id="check_f",
    ),
    cell("figures.show(noise)", figure(), id="noise"),
    cell("quiz_block_answer = 2 * 7 * 7", id="quiz_block", solution=True, grade=False, grade_id="quiz_block"),
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one lesson, executed."""
    write(tmp_path, *CELLS)
    return tmp_path


def write(root: Path, *cells: NotebookNode, executed: bool = True, profile: str = "quick") -> None:
    """The lesson's solution notebook; with `executed`, the executed one too."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.from_dict(dict(each)) for each in cells])
    notebook.metadata["course"] = {"profile": profile}
    places = [root / "solutions" / LESSON] + [root / "build" / "executed"] * executed
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, place / f"{LESSON}.ipynb")


def changed(number: int, source: str) -> list[NotebookNode]:
    cells = [nbformat.from_dict(dict(each)) for each in CELLS]
    cells[number]["source"] = source
    return cells


def test_only_open_cells_are_stored_without_pace_or_answers(course: Path) -> None:
    stored_outputs.refresh_outputs(course, LESSON)
    kept = json.loads((stored_outputs.folder(course, LESSON) / "outputs.json").read_text())["cells"]
    assert [entry["cell"] for entry in kept] == ["two", "shown", "noise"]
    assert kept[0]["outputs"] == []
    (text,) = kept[1]["outputs"]
    assert text["text"].splitlines()[0] == "7 of 8 · loss 0.1"
    assert "98" not in text["text"]
    assert kept[2]["outputs"] == [{"image": "noise.png", "alt": "Grey noise, nothing else.", "width": 150}]


def test_a_second_refresh_changes_nothing(course: Path) -> None:
    before = {path: path.read_bytes() for path in stored_outputs.refresh_outputs(course, LESSON)}
    assert {path: path.read_bytes() for path in stored_outputs.refresh_outputs(course, LESSON)} == before


def test_a_figure_that_is_gone_is_removed(course: Path) -> None:
    stored_outputs.refresh_outputs(course, LESSON)
    write(course, *CELLS[:4], CELLS[5])
    stored_outputs.refresh_outputs(course, LESSON)
    assert [path.name for path in stored_outputs.folder(course, LESSON).iterdir()] == ["outputs.json"]


@pytest.mark.parametrize(
    ("number", "source", "old"),
    [
        (0, "x = 2", []),  # a comment
        (1, 'def f(a):\n    """The same."""\n    return a', []),
        (4, "figures.show(noise)  # again", []),
        (0, "x = 3", ["cell 3 (print(f(x)))"]),
        (1, "def f(a):\n    return -a", ["cell 3 (print(f(x)))"]),
        (4, "figures.show(more)", ["cell 5 (figures.show(more))"]),
    ],
)
def test_what_rests_on_changed_code_is_stale(course: Path, number: int, source: str, old: list[str]) -> None:
    stored_outputs.refresh_outputs(course, LESSON)
    write(course, *changed(number, source), executed=False)
    found = stored_outputs.stale(course, LESSON)
    assert [title for title in old if title in found] == old
    assert bool(found) == bool(old)


def test_outputs_of_a_cell_that_is_gone_are_stale(course: Path) -> None:
    stored_outputs.refresh_outputs(course, LESSON)
    write(course, *CELLS[:4], executed=False)
    assert stored_outputs.stale(course, LESSON) == ["outputs of cells that are gone"]


def test_a_stale_output_stops_the_site(course: Path) -> None:
    stored_outputs.refresh_outputs(course, LESSON)
    write(course, *changed(0, "x = 3"), executed=False)
    with pytest.raises(CourseError) as stop:
        build_site(course, course / "site")
    assert "01_try, cell 1 (x = 3) and 1 more" in str(stop.value)
    assert "course run 01" in str(stop.value)
    assert "course book --refresh 01" in str(stop.value)
    assert not (course / "site").exists()


def refused(course: Path, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        stored_outputs.refresh_outputs(course, LESSON)


def test_refresh_refuses_what_is_no_page(course: Path) -> None:
    write(course, *CELLS, profile="smoke")
    refused(course, "profile smoke")
    write(course, *CELLS)
    write(course, *changed(0, "x = 3"), executed=False)
    refused(course, "has changed since it was executed")
    for said in ("FutureWarning: old", "read /home/ada/x.npz"):
        write(course, cell("print()", printed(said), id="bad"))
        refused(course, "nothing for a page")
    for bad in (
        nbformat.v4.new_output("stream", name="stderr", text="oh"),
        nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[]),
    ):
        write(course, cell("print()", bad, id="bad"))
        refused(course, "ended in an error")
    write(course, cell("two", figure(), figure(), id="bad"))
    refused(course, "two figures")
