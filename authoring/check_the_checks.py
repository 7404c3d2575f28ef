"""Checks of the checks: are right answers accepted, wrong ones named, and stubs told apart?

Used by `course check-the-checks` and by the tests.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authoring import coding_styles
from autograder.keys import answer_keys, lesson_solutions, misconceptions
from autograder.keys.lesson_solutions import Lesson
from autograder.keys.misconceptions import Wrong
from course_lib.checks.answer_key import PUBLIC_SEED, AnswerKey
from course_lib.checks.exercise import Exercise
from course_lib.checks.judge import Verdict, judge
from course_lib.checks.probe import LayerProbe, NumberProbe

ENOUGH_NAMED = 0.9  # of the misconceptions in other styles


@dataclass(frozen=True)
class Count:
    """How many of how many went well."""

    good: int
    of: int

    def __add__(self, other: Count) -> Count:
        return Count(self.good + other.good, self.of + other.of)

    def __str__(self) -> str:
        return f"{self.good}/{self.of}" if self.of else "–"


@dataclass(frozen=True)
class Row:
    """What came out for one exercise; `misses` says in a sentence each what did not go well.

    points: points of each misconception.
    styled: misconceptions named when written in the other styles.
    milliseconds: one probe and its judgement, TensorFlow being loaded.
    """

    exercise: str
    accepted: Count
    rejected: Count
    named: Count
    styled: Count
    stub_fails: bool
    milliseconds: float
    points: Mapping[str, float]
    misses: tuple[str, ...]


def check_exercise(exercise: Exercise) -> Row:
    """Try the solution, its accepted styles, its misconceptions and the stub.

    Raises:
        KeyProblem: if no answer key can be made, which says why.
    """
    lesson = lesson_solutions.read(exercise.lesson)
    key = answer_keys.build(exercise, PUBLIC_SEED, "")
    solution = lesson_solutions.answer(lesson, exercise.id)
    look(exercise, solution, key)  # the first call of anything in TensorFlow is slow
    start = time.perf_counter()
    look(exercise, solution, key)
    milliseconds = 1000 * (time.perf_counter() - start)

    misses: list[str] = []
    accepted = accept(exercise, lesson, key, accepted_answers(exercise.id), misses)
    accepted += accept_styled(exercise, lesson, key, misses)
    rejected, named, points = _reject(exercise, lesson, key, misses)
    styled = reject_styled(exercise, lesson, key, misses)
    stub = look(exercise, stub_of(exercise), key)
    stub_fails = stub.points == 0 and stub.outcome == "not attempted"
    if not stub_fails:
        misses.append(f"{exercise.id}: the stub is {_describe(stub)}.")
    return Row(
        exercise.id, accepted, rejected, named, styled, stub_fails, milliseconds, points, tuple(misses)
    )


def accept(exercise: Exercise, lesson: Lesson, key: AnswerKey, paths: list[Path], misses: list[str]) -> Count:
    """The right answers in these files get full points."""
    good = 0
    for path in paths:
        verdict = look(exercise, _accepted_answer(lesson, exercise.id, path), key)
        good += verdict.passed
        if not verdict.passed:
            misses.append(f"{exercise.id}: the right style {path.stem} is {_describe(verdict)}.")
    return Count(good, len(paths))


def accept_styled(exercise: Exercise, lesson: Lesson, key: AnswerKey, misses: list[str]) -> Count:
    """The lesson's own solution gets full points in every coding style.

    Where layers have names to keep, a style that takes them apart cannot keep them.
    """
    symbolic = isinstance(exercise.probe, LayerProbe)
    named = isinstance(exercise.probe, LayerProbe) and exercise.probe.named
    good, styles = 0, () if named else coding_styles.all_styles()
    for style in styles:
        names = dict(style.names) if symbolic else None
        given = style.apply(lesson_solutions.answer(lesson, exercise.id, names=names), symbolic)
        verdict = look(exercise, given, key)
        good += verdict.passed
        if not verdict.passed:
            misses.append(f"{exercise.id}: the solution as {style.name} is {_describe(verdict)}.")
    return Count(good, len(styles))


def _reject(
    exercise: Exercise, lesson: Lesson, key: AnswerKey, misses: list[str]
) -> tuple[Count, Count, dict[str, float]]:
    """Misconceptions get less than full points, and their own name; also returned are their points."""
    rejected = named = 0
    points = {}
    known = own_misconceptions(exercise)
    for wrong in known:
        verdict = look(exercise, misconception(lesson, wrong), key)
        points[wrong.misconception.id] = verdict.points
        rejected += not verdict.passed
        named += verdict.misconception == wrong.misconception.id
        if verdict.passed or verdict.misconception != wrong.misconception.id:
            misses.append(
                f"{exercise.id}: the misconception {wrong.misconception.id} is {_describe(verdict)}."
            )
    return Count(rejected, len(known)), Count(named, len(known)), points


def reject_styled(
    exercise: Exercise, lesson: Lesson, key: AnswerKey, misses: list[str], sample: bool = False
) -> Count:
    """Misconceptions keep their name in other coding styles, nearly always; they are never right.

    sample: only every second misconception, and that in one coding style, by turns.
    """
    good, lost = 0, list[str]()
    tries = list(_styled_misconceptions(exercise, lesson))
    if sample:
        styles = len(coding_styles.all_styles())
        by_misconception = [tries[place :: len(tries) // styles] for place in range(len(tries) // styles)]
        tries = [
            tried[place % styles] for place, tried in enumerate(by_misconception[len(exercise.id) % 2 :: 2])
        ]
    for wrong, style, given in tries:
        verdict = look(exercise, given, key)
        named = verdict.misconception == wrong.misconception.id
        good += named
        if not named:
            who = f"the misconception {wrong.misconception.id} as {style}"
            text = f"{exercise.id}: {who} is {_describe(verdict)}."
            (misses if verdict.passed else lost).append(text)
    if good < ENOUGH_NAMED * len(tries):
        misses += lost
    return Count(good, len(tries))


def accepted_answers(exercise_id: str) -> list[Path]:
    """The files with right answers in other styles."""
    return sorted(misconceptions.LESSONS.glob(f"lesson_*/{exercise_id}/accepted_answers/*.py"))


def _accepted_answer(lesson: Lesson, exercise_id: str, path: Path) -> Any:
    return lesson_solutions.answer(lesson, exercise_id, {exercise_id: path.read_text(encoding="utf-8")})


def own_misconceptions(exercise: Exercise) -> list[Wrong]:
    return [w for w in misconceptions.misconceptions_of(exercise.lesson)[0] if w.exercise == exercise.id]


def misconception(lesson: Lesson, wrong: Wrong, names: dict[str, Any] | None = None) -> Any:
    """The answer of a student with that misconception."""
    edited = {wrong.exercise: lesson_solutions.wrong_source(lesson, wrong)}
    return lesson_solutions.answer(lesson, wrong.exercise, edited, names)


def _styled_misconceptions(exercise: Exercise, lesson: Lesson) -> Iterator[tuple[Wrong, str, Any]]:
    """Every misconception of an exercise in every other style: (misconception, style, answer)."""
    symbolic = isinstance(exercise.probe, LayerProbe)
    for style in coding_styles.all_styles():
        for wrong in own_misconceptions(exercise):
            given = misconception(lesson, wrong, dict(style.names) if symbolic else None)
            yield wrong, style.name, style.apply(given, symbolic)


def stub_of(exercise: Exercise) -> Any:
    """What students start from."""
    if isinstance(exercise.probe, NumberProbe):
        return ...

    def stub(*_: Any, **__: Any) -> None:
        raise NotImplementedError(f"{exercise.id}: not filled in yet")

    return stub


def look(exercise: Exercise, given: Any, key: AnswerKey) -> Verdict:
    """Probe and judge, as a lesson's `check` does."""
    return judge(exercise, exercise.probe.run(exercise.id, given, key.seed), key)


def _describe(verdict: Verdict) -> str:
    """A verdict in a few words."""
    name = verdict.misconception or verdict.outcome
    failed = next((f": {m.message}" for m in verdict.marks if m.message), "")
    return f"taken for {name!r} with {verdict.points:g} of {verdict.max_points:g} points{failed}"
