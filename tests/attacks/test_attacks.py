"""Attacks on an exercise about layers: no submission decides its own score."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from short_course import CHANNEL_ATTENTION, LESSON, SQUEEZE, fill

from autograder.grading.class_run import Row

HERE = Path(__file__).parent
ATTACKS = sorted(path for name in ("squeeze", "channel_attention") for path in (HERE / name).glob("*.py"))
HandIn = Callable[..., Row]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_an_answer_earns_what_it_shows(attack: Path, keras_course: Path, hand_in: HandIn) -> None:
    code = attack.read_text()
    points = re.search(r"^points: (\d)$", code, re.M)
    assert points
    row = hand_in(keras_course, lambda notebook: fill(notebook, attack.parent.name, code))
    assert (row.outcome, row.points) == ("graded", int(points[1])), row


def test_an_honest_layer_gets_its_points(keras_course: Path, hand_in: HandIn) -> None:
    def answer(notebook: NotebookNode) -> None:
        fill(notebook, "squeeze", SQUEEZE)
        fill(notebook, "channel_attention", CHANNEL_ATTENTION)

    row = hand_in(keras_course, answer)
    assert (row.outcome, row.points) == ("graded", 8)


def test_a_package_that_is_not_there_is_named_and_costs_no_other_answer(
    keras_course: Path, hand_in: HandIn
) -> None:
    def answer(notebook: NotebookNode) -> None:
        fill(notebook, "squeeze", "import emoji\n" + SQUEEZE)
        fill(notebook, "channel_attention", CHANNEL_ATTENTION)

    row = hand_in(keras_course, answer)
    assert row.outcomes == {"squeeze": "error", "channel_attention": "right"}
    assert "No module named 'emoji'" in row.message
    page = (keras_course / "feedback" / row.student / LESSON / f"{LESSON}.html").read_text()
    assert "did not get to its end" in page
    assert "only its own packages are there" in page


def test_an_error_of_any_length_is_one_short_remark(keras_course: Path, hand_in: HandIn) -> None:
    def answer(notebook: NotebookNode) -> None:
        fill(notebook, "squeeze", "raise ModuleNotFoundError('[red]' + 'x' * 100_000)")

    row = hand_in(keras_course, answer)
    assert row.outcomes["squeeze"] == "error"
    assert "xxx" in row.message
    assert len(row.message) < 1000
