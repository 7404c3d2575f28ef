"""Each exercise has a file of misconceptions that can be read by itself, and no file belongs to nothing."""

import ast

import pytest

from autograder.keys.misconceptions import LESSONS, file_of, misconceptions_of
from course_lib.checks.exercise import all_exercises, find_exercise


def test_every_exercise_has_a_file_and_every_file_an_exercise() -> None:
    """A folder with a misspelt name would be passed over, and its exercise have no misconceptions."""
    assert set(LESSONS.rglob("misconceptions.py")) == set(map(file_of, all_exercises().values()))


@pytest.mark.parametrize("exercise_id", all_exercises())
def test_a_file_holds_plain_text(exercise_id: str) -> None:
    """No constant for a piece of the solution: what a student did wrong is seen in the entry itself."""
    _, imports, *rest = ast.parse(file_of(find_exercise(exercise_id)).read_text(encoding="utf-8")).body
    assert isinstance(imports, ast.ImportFrom) and imports.module == "autograder.keys.misconceptions"
    names = [ast.unparse(node.targets[0]) for node in rest if isinstance(node, ast.Assign)]
    assert names == ["MISCONCEPTIONS", "VARIANTS"][: len(rest)]


def test_the_folder_says_whose_they_are_and_the_order_is_that_of_the_specification() -> None:
    known, variants = misconceptions_of("02_spatial_attention")
    assert [each.exercise for each in variants] == ["channel_pool", "spatial_attention"]
    ids = [exercise.id for exercise in all_exercises().values() if exercise.lesson == "02_spatial_attention"]
    assert list(dict.fromkeys(each.exercise for each in known)) == ids
