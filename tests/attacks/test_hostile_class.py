"""A class of attackers, graded together with two honest students: nobody gains, nobody else is harmed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import PRANKS, STUDENTS, UNPRINTABLE
from hostile_class import (
    ANSWERS,
    HONEST,
    USERS,
    Graded,
    as_another,
    expectation,
    grade_hostile_class,
    name_of,
    what_acts,
)

from notebooks import CHANGES, HALF_POINTS

pytestmark = pytest.mark.slow

FULL = 9


@pytest.fixture(scope="module", params=USERS)
def graded(request: pytest.FixtureRequest) -> Iterator[Graded]:
    """The class after `course grade`. Not in pytest's own folder, which other users may not enter."""
    root = Path(tempfile.mkdtemp(prefix="hostile-class-", dir="/var/tmp"))
    root.chmod(0o755)
    try:
        yield grade_hostile_class(root, as_another(request.param))
    finally:
        shutil.rmtree(root)


@pytest.mark.parametrize("answer", ANSWERS, ids=name_of)
def test_an_attack_in_an_answer_earns_what_the_answer_does(answer: Path, graded: Graded) -> None:
    row = graded.rows[name_of(answer)]
    expected = expectation(answer)
    assert row["outcome"] == "graded", row["message"]
    for exercise, outcomes in expected.items():
        assert row["outcomes"][exercise] in outcomes.split("|"), row
    right = "right" in expected.get("preprocess", "").split("|")
    assert row["points"] <= (FULL if right else 3), row
    if expected.get("preprocess") == "right":
        assert row["points"] == FULL, row


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_notebook_earns_what_its_answers_do(name: str, graded: Graded) -> None:
    row, change = graded.rows[name], CHANGES[name]
    assert row["outcome"] in (change.outcome, "unreadable" if change.points is None else ""), row
    assert row["points"] == change.points or (change.points is None and row["points"] <= HALF_POINTS), row
    assert change.says in row["message"]


@pytest.mark.parametrize("name", PRANKS)
def test_what_lies_in_the_folder_changes_no_points(name: str, graded: Graded) -> None:
    row, prank = graded.rows[name], PRANKS[name]
    assert (row["outcome"], row["points"]) == (prank.outcome, prank.points), row
    assert prank.says in row["message"]


def test_everybody_has_a_row_and_a_page(graded: Graded) -> None:
    everybody = {*HONEST, *map(name_of, ANSWERS), *CHANGES, *PRANKS, *STUDENTS}
    assert set(graded.rows) == {*everybody, *UNPRINTABLE.values()}
    for student in UNPRINTABLE.values():
        assert graded.rows[student]["outcome"] == "our fault"
        assert "rename" in graded.rows[student]["message"]
    for student in everybody:
        assert graded.page(student).startswith("<!") or "could not be graded" in graded.page(student)


@pytest.mark.parametrize("student", [*HONEST, *STUDENTS], ids=ascii)
def test_the_honest_get_all_their_points(student: str, graded: Graded) -> None:
    row = graded.rows[student]
    assert (row["outcome"], row["points"]) == ("graded", FULL), row


def test_nothing_secret_is_told(graded: Graded) -> None:
    for student in graded.rows:
        told = graded.texts(student)
        for place, secret in graded.secrets.items():
            assert secret not in told or (place == "peer" and student in HONEST), (student, place)


def test_nobody_got_out(graded: Graded) -> None:
    escaped = {student: told for student in graded.rows if "ESCAPED" in (told := graded.texts(student))}
    assert not {student: told[told.find("ESCAPED") - 100 :][:300] for student, told in escaped.items()}
    assert graded.callers == []


def test_pages_hold_nothing_that_acts(graded: Graded) -> None:
    calm = (*HONEST, "no_tests", "exhaust_abort", "exhaust_python_recursion", "notebook_is_a_pipe")
    usual = set().union(*(what_acts(graded.page(student)) for student in calm))
    for student in set(graded.rows) - set(UNPRINTABLE.values()):
        assert what_acts(graded.page(student)) <= usual, student


def test_pages_and_notebooks_stay_small(graded: Graded) -> None:
    for student in graded.rows:
        assert len(graded.texts(student)) < 30_000_000, student


def test_remarks_hold_no_commands_for_a_terminal(graded: Graded) -> None:
    for student, row in graded.rows.items():
        told = row["message"] + "".join(row["misconceptions"]) + "".join(row["outcomes"].values())
        assert told.isprintable(), (student, told)


def test_nothing_is_left_behind(graded: Graded) -> None:
    assert graded.left == []
    assert not list(graded.root.glob(".course/scratch/*"))
