"""Some of the attackers, graded by nbgrader itself under the course's settings: its kernel is the sandbox."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import PRANKS
from hostile_class import (
    ANSWERS,
    HONEST,
    PLAIN,
    USERS,
    Graded,
    as_another,
    expectation,
    grade_hostile_class,
    name_of,
    what_acts,
)

from notebooks import CHANGES

pytestmark = pytest.mark.slow

FULL = 9
# Root meets the same walls in test_hostile_class, a minute and a half sooner.
WHO = USERS if os.environ.get("COURSE_CHECKS") == "all" else USERS[-1:]


@pytest.fixture(scope="module", params=WHO)
def graded(request: pytest.FixtureRequest) -> Iterator[Graded]:
    """The class after `nbgrader autograde` and `nbgrader generate_feedback`."""
    root = Path(tempfile.mkdtemp(prefix="hostile-class-", dir="/var/tmp"))
    root.chmod(0o755)
    try:
        yield grade_hostile_class(root, as_another(request.param), plain=True)
    finally:
        shutil.rmtree(root)


def test_nobody_gains_and_the_honest_lose_nothing(graded: Graded) -> None:
    points = {student: row["points"] for student, row in graded.rows.items()}
    expected = {name: change.points for name, change in CHANGES.items()}
    expected |= {name: prank.points for name, prank in PRANKS.items()} | dict.fromkeys(HONEST, FULL)
    right = {name_of(answer) for answer in ANSWERS if expectation(answer).get("preprocess") == "right"}
    expected |= dict.fromkeys(right, FULL)
    assert set(points) == PLAIN
    assert {name: points[name] for name in PLAIN & set(expected)} == {
        name: expected[name] for name in PLAIN & set(expected)
    }
    assert all(points[name] <= 3 for name in PLAIN - set(expected)), points


def test_everybody_has_a_page_in_which_nothing_acts(graded: Graded) -> None:
    calm = (*HONEST, "no_tests", "exhaust_exit_at_once", "exhaust_endless_loop")
    usual = set().union(*(what_acts(graded.page(student)) for student in calm))
    for student in PLAIN:
        assert what_acts(graded.page(student)) <= usual, student


def test_nobody_got_out_or_read_a_secret(graded: Graded) -> None:
    for student in PLAIN:
        told = graded.texts(student)
        assert "ESCAPED" not in told, student
        for place, secret in graded.secrets.items():
            assert secret not in told or (place == "peer" and student in HONEST), (student, place)
    assert graded.callers == []


def test_nothing_is_left_behind(graded: Graded) -> None:
    assert graded.left == []
