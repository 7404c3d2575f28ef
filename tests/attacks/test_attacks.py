"""Attacks on an exercise about layers: no submission decides its own score."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from short_course import CHANNEL_ATTENTION, SQUEEZE, fill

from autograder.classroom import Row

HERE = Path(__file__).parent
ATTACKS = sorted((HERE / "squeeze").glob("*.py"))
ATTACKS_ON_MANNER = sorted((HERE / "channel_attention").glob("*.py"))
HandIn = Callable[..., Row]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_attack_on_a_layer_earns_nothing(attack: Path, keras_course: Path, hand_in: HandIn) -> None:
    row = hand_in(keras_course, lambda notebook: fill(notebook, "squeeze", attack.read_text()))
    assert (row.outcome, row.points) == ("graded", 0)


@pytest.mark.parametrize("attack", ATTACKS_ON_MANNER, ids=lambda path: path.stem)
def test_an_answer_earns_what_it_shows_not_what_it_tells(
    attack: Path, keras_course: Path, hand_in: HandIn
) -> None:
    code = attack.read_text()
    points = re.search(r"^points: (\d)$", code, re.M)
    assert points
    row = hand_in(keras_course, lambda notebook: fill(notebook, "channel_attention", code))
    assert (row.outcome, row.points) == ("graded", int(points[1])), row


def test_an_honest_layer_gets_its_points(keras_course: Path, hand_in: HandIn) -> None:
    def answer(notebook: NotebookNode) -> None:
        fill(notebook, "squeeze", SQUEEZE)
        fill(notebook, "channel_attention", CHANNEL_ATTENTION)

    row = hand_in(keras_course, answer)
    assert (row.outcome, row.points) == ("graded", 8)
