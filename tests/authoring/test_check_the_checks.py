"""Right answers are accepted in every style, misconceptions named in every style, stubs told apart."""

import os
from pathlib import Path

import pytest

from authoring.check_the_checks import (
    accept,
    accept_styled,
    accepted_answers,
    check_exercise,
    look,
    own_misconceptions,
    reject_styled,
    stub_of,
)
from authoring.coding_styles import all_styles
from autograder.keys import answer_keys, lesson_solutions
from course_lib.checks.answer_key import PUBLIC_SEED, AnswerKey, public_key
from course_lib.checks.exercise import all_exercises, find_exercise
from course_lib.checks.judge import judge
from course_lib.checks.probe import NumberProbe
from course_lib.lessons import lesson_names

EXERCISES = [exercise.id for exercise in all_exercises().values() if exercise.lesson in lesson_names()]
ALL = os.environ.get("COURSE_CHECKS") == "all"  # many minutes more
OTHER_SEED = 281_474_976_710_655  # a class key has one of its own


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_no_miss_by_the_public_key(exercise_id: str) -> None:
    """Every second right style, every second misconception in one other style, and the stub.

    That each misconception is refused and named in its own style, the key was made with. All the rest tries
    `course check-the-checks`, or these tests where COURSE_CHECKS is `all`.
    """
    exercise, key, misses = find_exercise(exercise_id), public_key(exercise_id), list[str]()
    lesson = lesson_solutions.read(exercise.lesson)
    accept(exercise, lesson, key, accepted_answers(exercise_id)[:: 1 if ALL else 2], misses)
    accept_styled(exercise, lesson, key, misses)
    reject_styled(exercise, lesson, key, misses, sample=not ALL)
    assert misses == []
    stub = look(exercise, stub_of(exercise), key)
    assert (stub.points, stub.outcome) == (0, "not attempted")


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", EXERCISES if ALL else EXERCISES[::4])
def test_under_another_seed_the_same_fails_and_the_same_is_right(exercise_id: str) -> None:
    exercise, misses = find_exercise(exercise_id), list[str]()
    other = answer_keys.build(exercise, OTHER_SEED, "")  # which names every misconception, or is not made
    assert failing(other) == failing(public_key(exercise_id))
    lesson = lesson_solutions.read(exercise.lesson)
    accept(exercise, lesson, other, accepted_answers(exercise_id)[1::2], misses)
    assert misses == []


def failing(key: AnswerKey) -> dict[str, list[str]]:
    """The criteria that each misconception of the exercise itself fails."""
    return {
        misconception.id: known.facts["failed"]
        for misconception, known in key.wrong
        if "." not in misconception.id
    }


def test_enough_is_tried() -> None:
    exercises = [find_exercise(exercise) for exercise in EXERCISES]
    assert sum(len(accepted_answers(exercise.id)) for exercise in exercises) >= 40
    assert sum(len(own_misconceptions(exercise)) for exercise in exercises) >= 150
    functions = [ex for ex in exercises if ex.lesson >= "03" and not isinstance(ex.probe, NumberProbe)]
    few = {
        exercise.id
        for exercise in functions
        if len(accepted_answers(exercise.id)) + len(all_styles()) + 1 < 12  # and the solution
    }
    assert functions and not few


def test_a_miss_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wrong answer filed among the right styles, and a misconception that is none, are both reported."""
    from authoring import check_the_checks

    wrong = tmp_path / "halved.py"
    monkeypatch.setattr(check_the_checks, "accepted_answers", lambda _: [wrong])
    monkeypatch.setattr(check_the_checks, "_accepted_answer", lambda *_: 7)
    seen = check_exercise(find_exercise("quiz_reach"))
    assert seen.accepted.good == seen.accepted.of - 1  # the solution itself is right in every coding style
    assert "right style halved is taken for 'whole_kernel'" in seen.misses[0]


def test_a_layer_with_an_asked_name_must_do_that_step() -> None:
    exercise = find_exercise("autoencoder_block")
    lesson = lesson_solutions.read(exercise.lesson)
    source = lesson.solutions[exercise.id]
    for old, new in (("_bn", "_other"), ("_relu", "_bn"), ("_other", "_relu")):
        source = source.replace(f'"{old}"', f'"{new}"')
    given = lesson_solutions.answer(lesson, exercise.id, {exercise.id: source})
    marks = {mark.id: mark for mark in look(exercise, given, public_key(exercise.id)).marks}
    assert marks["numbers"].earned == 2
    assert marks["names"].earned == 0
    assert marks["names"].message == "`name_bn` and `name_relu` stand for other steps"


def test_a_finished_block_of_the_course_is_no_answer() -> None:
    from course_lib.blocks import SqueezeExcitation

    exercise = find_exercise("channel_attention")
    key = answer_keys.build(exercise, PUBLIC_SEED, "")
    given = exercise.probe.run(
        exercise.id, lambda x, name, r=16: SqueezeExcitation(r, name=name + "_se")(x), PUBLIC_SEED
    )
    verdict = judge(exercise, given, key)
    assert verdict.points == 0
    assert "write it yourself" in verdict.hint
