"""An instructor's evening: the numbers of each step add up, and a wrong one would be seen."""

from pathlib import Path

import pytest

from autograder import answer_keys, class_keys
from autograder.demo import make_folder
from autograder.demo_evening import Step, make_members, spend
from autograder.report.results import read_results
from course_lib.checks.answer_key import public_key
from course_lib.hand_in import STUDENT
from course_lib.lessons import find_lesson
from course_lib.paths import project_root

ROOT = project_root()
LESSONS = [find_lesson("01"), find_lesson("02")]


@pytest.mark.slow
def test_every_number_of_an_evening_adds_up(tmp_path: Path) -> None:
    """Twelve students: the whole sample class, an older attempt, and one whose mistake has no name."""
    make_folder(ROOT, tmp_path / "class")
    exercises = [exercise for lesson in LESSONS for exercise in answer_keys.read(lesson).answers]
    with class_keys.using({exercise: public_key(exercise) for exercise in exercises}):
        evening = spend(ROOT, LESSONS, 12, tmp_path / "class")
    assert [step for step in evening.steps if not step.agrees] == []
    assert {step.lesson for step in evening.steps} == set(LESSONS)
    assert all(path.is_file() for _, path in evening.files)
    assert {path.suffix for _, path in evening.files} == {".zip", ".html", ".csv"}
    for lesson in LESSONS:
        unnamed = [
            student
            for exercise in read_results(tmp_path / "class", lesson).exercises
            for student, answer in read_results(tmp_path / "class", lesson).answers(exercise)
            if answer.outcome == "wrong"
        ]
        assert unnamed


def test_a_large_class_is_varied_the_same_each_time_and_can_be_named() -> None:
    members = make_members(LESSONS[0], 300)
    assert members == make_members(LESSONS[0], 300)
    assert len({member.student.casefold() for member in members}) == 300
    assert all(STUDENT.fullmatch(member.student) for member in members)
    assert len({member.expected for member in members}) > 10
    assert 0 < sum(member.expected is None for member in members) < 30
    assert 0 < sum(member.torn for member in members) < 30


def test_a_step_whose_numbers_differ_does_not_agree() -> None:
    assert Step("01", "graded", 300, 300).agrees
    assert not Step("01", "graded", 300, 299).agrees
