"""A block of an earlier lesson is the student's own where it is right, else the course's."""

from pathlib import Path

import keras
import nbformat
import pytest

from course_lib import earlier

LESSON = "02_spatial_attention"
RIGHT = """\
def channel_pool(x, name):
    both = [keras.ops.mean(x, -1, keepdims=True), keras.ops.max(x, -1, keepdims=True)]
    return keras.ops.concatenate(both, -1)
"""
ATTENTION = """\
def spatial_attention(x, name, kernel_size=7):
    options = {"padding": "same", "activation": "sigmoid", "name": name + "_map"}
    return x * keras.layers.Conv2D(1, kernel_size, **options)(channel_pool(x, name))
"""
STUB = 'def channel_pool(x, name):\n    raise NotImplementedError("channel_pool: not filled in yet")\n'


def course_block(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    return x


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of lesson 03, beside which no other lesson lies yet."""
    here = tmp_path / "03_attention_autoencoder"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(earlier, "project_root", lambda: tmp_path / "elsewhere")
    return tmp_path


def write(place: Path, *answers: str) -> None:
    """A notebook of lesson 02 with these answers; of its other cells only the imports may run."""
    cells = [nbformat.v4.new_code_cell("import keras\nraise SystemExit('an ordinary cell was run')")]
    for number, answer in enumerate(answers):
        marks = {"grade_id": f"cell{number}", "solution": True}
        cells.append(nbformat.v4.new_code_cell(answer, metadata={"nbgrader": marks}))
    path = place / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def test_without_a_notebook_the_course_steps_in(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert earlier.block("channel_pool", otherwise=course_block) is course_block
    assert "there is no notebook of lesson 02 here" in capsys.readouterr().out


def test_a_right_answer_is_used_with_what_it_builds_on(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(place, RIGHT, ATTENTION)
    block = earlier.block("spatial_attention", otherwise=course_block, kernel_size=3)
    x = keras.Input((6, 5, 4))
    model = keras.Model(x, block(x, "mine"))
    assert capsys.readouterr().out == "spatial_attention: your own, from lesson 02\n"
    assert model.get_layer("mine_map").kernel.shape == (3, 3, 2, 1)
    other = keras.Model(x, block(x, name="other", kernel_size=5))
    assert other.get_layer("other_map").kernel.shape == (5, 5, 2, 1)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (STUB, "is not filled in"),
        (RIGHT.replace("ops.max", "ops.min"), "is not right yet"),
        ("def channel_pool(x, name:\n", "does not run: KeyError"),
        (RIGHT + "\n1 / 0\n", "does not run: ZeroDivisionError"),
    ],
)
def test_an_answer_that_is_not_right_costs_nothing(
    place: Path, capsys: pytest.CaptureFixture[str], answer: str, why: str
) -> None:
    write(place, answer)
    assert earlier.block("channel_pool", otherwise=course_block) is course_block
    assert capsys.readouterr().out == f"channel_pool: the course's own block (yours in lesson 02 {why})\n"


def test_a_damaged_notebook_costs_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(place, RIGHT)
    path = place / LESSON / f"{LESSON}.ipynb"
    path.write_text(path.read_text()[:40])
    assert earlier.block("channel_pool", otherwise=course_block) is course_block
    assert "does not run" in capsys.readouterr().out


def test_a_part_that_is_only_a_default_has_to_be_right_too(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The check of the whole hands in a part of its own, so a wrong one does not show there."""
    taken = "def spatial_attention(x, name, kernel_size=7, pool=channel_pool):"
    whole = ATTENTION.replace(ATTENTION.splitlines()[0], taken).replace("channel_pool(x", "pool(x")
    right = RIGHT.replace("def channel_pool", "def right")
    for_check = f"{right}\n{whole.replace('pool=channel_pool', 'pool=right, other=channel_pool')}"
    write(place, STUB, for_check)
    assert earlier.block("spatial_attention", otherwise=course_block) is course_block
    assert "your channel_pool in lesson 02 is not filled in" in capsys.readouterr().out
