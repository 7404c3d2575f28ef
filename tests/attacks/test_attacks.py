"""No submission decides its own score: every attack gets an honest zero for what it does not answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from short_course import LESSON, PREPROCESS, fill

from autograder.classroom import Row

HERE = Path(__file__).parent
HandIn = Callable[..., Row]

pytestmark = pytest.mark.slow


def attacks(exercise: str) -> list[Path]:
    return sorted((HERE / exercise).glob("*.py"))


@pytest.mark.parametrize("attack", attacks("preprocess"), ids=lambda path: path.stem)
def test_attack_on_a_plain_function_earns_nothing(attack: Path, numpy_course: Path, hand_in: HandIn) -> None:
    row = hand_in(numpy_course, lambda notebook: fill(notebook, "preprocess", attack.read_text()))
    assert (row.outcome, row.points) == ("graded", 0)


@pytest.mark.parametrize("attack", attacks("squeeze"), ids=lambda path: path.stem)
def test_attack_on_a_layer_earns_nothing(attack: Path, keras_course: Path, hand_in: HandIn) -> None:
    row = hand_in(keras_course, lambda notebook: fill(notebook, "squeeze", attack.read_text()))
    assert (row.outcome, row.points) == ("graded", 0)


def test_honest_answers_get_their_points(numpy_course: Path, keras_course: Path, hand_in: HandIn) -> None:
    noisy = "import sys\n" + PREPROCESS + "print('a warning, harmless', file=sys.stderr)\n"
    row = hand_in(numpy_course, lambda notebook: fill(notebook, "preprocess", noisy), "ada")
    assert row.points == 6


def mark(notebook: nbformat.NotebookNode, exercise: str) -> nbformat.NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == exercise)


def skip_tests(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]


def raise_points(notebook: nbformat.NotebookNode) -> None:
    mark(notebook, "check_preprocess").metadata.nbgrader.points = 600


def empty_tests(notebook: nbformat.NotebookNode) -> None:
    mark(notebook, "check_preprocess").source = "6.0"


def text_for_tests(notebook: nbformat.NotebookNode) -> None:
    cell = mark(notebook, "check_preprocess")
    notebook.cells[notebook.cells.index(cell)] = nbformat.v4.new_markdown_cell("6.0", metadata=cell.metadata)


def delete_tests(notebook: nbformat.NotebookNode) -> None:
    notebook.cells = [c for c in notebook.cells if not c.metadata.get("nbgrader", {}).get("grade")]


def paste_tests_twice(notebook: nbformat.NotebookNode) -> None:
    notebook.cells += [mark(notebook, "check_preprocess").copy() for _ in range(2)]


def delete_everything(notebook: nbformat.NotebookNode) -> None:
    notebook.cells = []


def strip_metadata(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode()


def odd_marks(notebook: nbformat.NotebookNode) -> None:
    mark(notebook, "check_preprocess").metadata["nbgrader"] = {
        "grade_id": ["check_preprocess"],
        "grade": "no",
    }
    notebook.cells[0].metadata["nbgrader"] = {}


CHANGES = (
    skip_tests,
    raise_points,
    empty_tests,
    text_for_tests,
    delete_tests,
    paste_tests_twice,
    delete_everything,
    odd_marks,
    strip_metadata,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_changed_test_cells_change_no_score(
    change: Callable[[nbformat.NotebookNode], None], numpy_course: Path, hand_in: HandIn
) -> None:
    """An answer that earns part of the points earns just that, whatever happened to the test cells."""

    def half_right(notebook: nbformat.NotebookNode) -> None:
        fill(notebook, "preprocess", "def preprocess(images):\n    return images.astype(np.float32) / 255")
        fill(notebook, "quiz_pixels", "quiz_pixels = 1")
        change(notebook)

    row = hand_in(numpy_course, half_right)
    assert row.outcome == "graded"
    assert row.points == (0 if change is delete_everything else 4)


def test_a_test_above_its_exercise_is_named(numpy_course: Path, hand_in: HandIn) -> None:
    def test_first(notebook: nbformat.NotebookNode) -> None:
        fill(notebook, "preprocess", PREPROCESS)
        notebook.cells.insert(1, notebook.cells.pop(notebook.cells.index(mark(notebook, "check_preprocess"))))

    row = hand_in(numpy_course, test_first)
    assert "test cells moved above their exercise: check_preprocess" in row.message


def test_what_a_student_shows_is_harmless_in_the_feedback(numpy_course: Path, hand_in: HandIn) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)></svg>"

    def decorate(notebook: nbformat.NotebookNode) -> None:
        notebook.cells.append(nbformat.v4.new_markdown_cell(f"Words {bad} [link](javascript:alert(4))"))
        notebook.cells.append(nbformat.v4.new_raw_cell(bad))
        drawing = "<svg onload='alert(3)'/>"
        code = (
            f"from IPython.display import *\ndisplay(HTML({bad!r}), Javascript('alert(5)'), SVG({drawing!r}))"
        )
        notebook.cells.append(nbformat.v4.new_code_cell(code))
        notebook.cells.append(nbformat.v4.new_code_cell("%%javascript\nalert(6)"))

    hand_in(numpy_course, decorate)
    page = (numpy_course / "feedback" / "mallory" / LESSON / f"{LESSON}.html").read_text()
    for harm in (
        "<script>alert",
        "onerror=alert(2)>",
        "<svg onload",
        'href="javascript:',
        "alert(6)</script",
    ):
        assert harm not in page
    assert "Words" in page
