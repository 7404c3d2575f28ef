"""Attacks on an exercise about layers: no submission decides its own score."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from short_course import SQUEEZE, fill

from autograder.classroom import Row

ATTACKS = sorted(Path(__file__).parent.joinpath("squeeze").glob("*.py"))
HandIn = Callable[..., Row]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_attack_on_a_layer_earns_nothing(attack: Path, keras_course: Path, hand_in: HandIn) -> None:
    row = hand_in(keras_course, lambda notebook: fill(notebook, "squeeze", attack.read_text()))
    assert (row.outcome, row.points) == ("graded", 0)


def test_an_honest_layer_gets_its_points(keras_course: Path, hand_in: HandIn) -> None:
    row = hand_in(keras_course, lambda notebook: fill(notebook, "squeeze", SQUEEZE))
    assert (row.outcome, row.points) == ("graded", 3)
