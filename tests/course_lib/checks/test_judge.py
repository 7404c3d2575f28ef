"""The judge gives a verdict on anything, always the same one."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from authoring.check_the_checks import look, misconception, own_misconceptions
from autograder.course_folder import CourseFolder
from autograder.keys import answer_keys, class_keys, lesson_solutions
from course_lib.checks import card
from course_lib.checks.answer_key import PUBLIC_KEYS, PUBLIC_SEED, AnswerKey, load, save
from course_lib.checks.evidence import Array, Evidence
from course_lib.checks.exercise import Exercise, find_exercise
from course_lib.checks.judge import WAITS, Verdict, judge

EXERCISES = ("preprocess", "channel_attention", "spatial_attention", "quiz_reach")


@cache
def key_of(exercise_id: str) -> AnswerKey:
    return answer_keys.build(find_exercise(exercise_id), PUBLIC_SEED, "")


@cache
def right(exercise_id: str) -> Evidence:
    exercise = find_exercise(exercise_id)
    solution = lesson_solutions.answer(lesson_solutions.read(exercise.lesson), exercise_id)
    return exercise.probe.run(exercise_id, solution, PUBLIC_SEED)


def verdict(evidence: Evidence) -> Verdict:
    return judge(find_exercise(evidence.exercise), evidence, key_of(evidence.exercise))


def each(change: Any) -> Any:
    """A change of every array, as a change of evidence."""
    return lambda e: replace(e, arrays={name: change(array) for name, array in e.arrays.items()})


def ragged(array: Array) -> Array:
    return np.array([[1.0], [1.0, 2.0]], dtype=object)


HOSTILE = {
    "nan": each(lambda a: np.full(a.shape, np.nan)),
    "infinite": each(lambda a: np.full(a.shape, -np.inf)),
    "huge": each(lambda a: np.full(a.shape, 1e308)),
    "empty": each(lambda a: np.zeros((0, *a.shape[1:]))),
    "zeros": each(np.zeros_like),
    "complex": each(lambda a: 1j * a),
    "strings": each(lambda a: a.astype(str)),
    "objects": each(ragged),
    "whole numbers": each(lambda a: np.full(a.shape, 5)),
    "other shape": each(lambda a: np.zeros((2, 3, 4, 5, 6))),
    "transposed": each(lambda a: a.T if a.ndim > 1 else a + 1),
    "single number": each(lambda a: np.float64(0.25)),
    "no arrays": lambda e: replace(e, arrays={}),
    "no facts": lambda e: replace(e, arrays=HOSTILE["zeros"](e).arrays, facts={}),
    "odd facts": lambda e: Evidence(
        e.exercise, {}, {name: [None, "x", 1e999] for name in ("plain", "habits")}
    ),
    "odd error": lambda e: Evidence(e.exercise, {}, {"error": {"type": 3, "message": None, "line": ["x"]}}),
    "error is a list": lambda e: Evidence(e.exercise, {}, {"error": [1, 2]}),
    "odd names": lambda e: Evidence(
        e.exercise, dict.fromkeys((":", "1:", "a:b:c", "", "x/"), np.ones(3)), {}
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_hostile_evidence_gets_a_verdict_and_few_points(exercise_id: str, kind: str) -> None:
    given = verdict(HOSTILE[kind](right(exercise_id)))
    assert not given.passed
    assert given.headline and given.next_step
    assert len(given.marks) == len(find_exercise(exercise_id).criteria)


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_an_extra_array_changes_nothing_and_a_missing_one_counts(exercise_id: str) -> None:
    evidence = right(exercise_id)
    extra = replace(evidence, arrays={**evidence.arrays, "plain/surprise": np.ones(7), "9:x": np.ones(2)})
    assert verdict(extra).passed
    for missing in evidence.arrays:
        if ":" not in missing:
            rest = {n: a for n, a in evidence.arrays.items() if n.split(":")[-1] != missing}
            assert not verdict(replace(evidence, arrays=rest)).passed, missing


def test_evidence_of_another_exercise_is_not_right() -> None:
    assert not verdict(replace(right("channel_attention"), exercise="spatial_attention")).passed


def test_the_same_evidence_gets_the_same_verdict_a_hundred_times() -> None:
    exercise = find_exercise("spatial_attention")
    wrong = misconception(lesson_solutions.read(exercise.lesson), own_misconceptions(exercise)[0])
    evidence = exercise.probe.run(exercise.id, wrong, PUBLIC_SEED)
    verdicts = [replace(verdict(evidence), picture=None) for _ in range(100)]
    assert verdicts[0].misconception == own_misconceptions(exercise)[0].misconception.id
    assert all(v == verdicts[0] for v in verdicts)


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_two_class_secrets_give_the_same_points(exercise_id: str, tmp_path: Path) -> None:
    course = CourseFolder(tmp_path)
    exercise = find_exercise(exercise_id)
    seeds, points = set(), []
    for _ in range(2):
        class_keys.class_secret(course, new=True)
        seeds.add(seed := class_keys.private_seeds(course, exercise_id)[0])
        points.append(points_under(exercise, answer_keys.build(exercise, seed, "")))
    assert len(seeds) == 2
    assert points[0] == points[1]
    assert max(points[0]) == exercise.points > min(points[0])


def points_under(exercise: Exercise, key: AnswerKey) -> list[float]:
    """The points of the solution and of the first misconceptions."""
    lesson = lesson_solutions.read(exercise.lesson)
    answers = [lesson_solutions.answer(lesson, exercise.id)]
    answers += [misconception(lesson, wrong) for wrong in own_misconceptions(exercise)[:6]]
    return [look(exercise, given, key).points for given in answers]


def test_a_key_survives_saving_and_is_the_same_to_the_byte(tmp_path: Path) -> None:
    key = key_of("channel_attention")
    path = tmp_path / "key.npz"
    path.write_bytes(save(key))
    loaded = load(path)
    assert save(loaded) == path.read_bytes()
    exercise = find_exercise("channel_attention")
    assert judge(exercise, right("channel_attention"), loaded).passed


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_key_is_small_and_does_not_show_a_number(exercise_id: str) -> None:
    key = key_of(exercise_id)
    assert len(save(key)) < 100_000
    if exercise_id.startswith("quiz"):
        assert not key.right[0].arrays and "value" not in key.right[0].facts


def test_what_holds_but_waits_is_not_shown_as_failed() -> None:
    """A whole number of parameters is a whole number, also while it is the wrong one."""
    exercise = find_exercise("se_parameters")
    key = load(PUBLIC_KEYS / "se_parameters.npz")
    evidence = exercise.probe.run(exercise.id, lambda channels, reduction: 7, key.seed)
    seen = judge(exercise, evidence, key)
    waiting = [mark for mark in seen.marks if mark.message == WAITS]
    assert waiting and seen.points == 0
    for mark in waiting:
        assert f"--  {mark.title}" in card.text(seen)
    assert card.html(seen).count("✗") == len(seen.marks) - len(waiting)


def test_a_number_that_is_still_none_is_told_so() -> None:
    exercise = find_exercise("quiz_reach")
    seen = judge(exercise, exercise.probe.run(exercise.id, None, 1), key_of("quiz_reach"))
    assert seen.outcome == "not attempted" and "`None`" in seen.next_step
