"""Builds answer keys: probes the lesson's own solution and every misconception, and keeps what they give.

Building is also the proof: it fails when the solution does not get full points, when a misconception does,
or when one misconception is taken for another.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.keys import misconceptions
from autograder.keys.lesson_solutions import KeyProblem, Lesson, answer, edit, read, uses, wrong_source
from autograder.keys.misconceptions import Variant, Wrong
from course_lib.checks import weight_orders
from course_lib.checks.answer_key import (
    AnswerKey,
    Expected,
    Misconception,
    expected_evidence,
    sealed_number,
)
from course_lib.checks.criteria import behaviour_of
from course_lib.checks.evidence import BEHAVIOUR, BEHAVIOUR_FACT, NAMED_LAYERS, Array, Evidence
from course_lib.checks.exercise import Exercise, Look
from course_lib.checks.judge import judge, judge_reading
from course_lib.checks.probe import LayerProbe, NumberProbe
from course_lib.notebook_cells import CHECK_PREFIX

RIGHT_FINGERPRINT = 256
GRAIN = 2.0**-15  # a sixth of what `matches` lets pass
SOLUTION = "solution"


def build(exercise: Exercise, seed: int, digest: str) -> AnswerKey:
    """Probe the solution, its variants and all misconceptions of an exercise.

    Raises:
        KeyProblem: If they cannot be told apart as they should.
    """
    lesson = read(exercise.lesson)
    if exercise.id not in lesson.answers:
        raise KeyProblem(
            f"No test cell of {lesson.name} checks {exercise.id!r}.",
            where=f"solutions/{lesson.name}/{lesson.name}.py",
            fix=f'Add a cell `check("{exercise.id}", ...)` with grade_id "{CHECK_PREFIX}{exercise.id}".',
        )
    known, variants = misconceptions.misconceptions_of(lesson.name)
    right_evidence = _probe(exercise, answer(lesson, exercise.id), seed)
    key = AnswerKey(
        exercise.id, seed, digest, tuple(_right(exercise, lesson, variants, right_evidence, seed))
    )
    _require_right(exercise, right_evidence, key, "the solution")
    found: list[tuple[Misconception, Evidence]] = []
    for misconception, evidence in _wrong_evidence(exercise, lesson, known, seed):
        entry = _keep(exercise, misconception.id, evidence, right=False)
        verdict = judge(exercise, evidence, key)
        own = "." not in misconception.id
        if verdict.passed or verdict.misconception:
            if own:
                same = (
                    f"is taken for {verdict.misconception!r}" if verdict.misconception else "gets full points"
                )
                raise KeyProblem(
                    f"{exercise.id}: the misconception {misconception.id!r} {same}.",
                    where=str(misconceptions.file_of(exercise)),
                    fix="make it another mistake, take it out, or add a criterion that sees it",
                )
            key = _share(key, verdict.misconception, misconception.id.split(".")[0])
            continue
        # Of the first reading, the one whose arrays the key keeps.
        plain = weight_orders.readings_of(evidence, exercise.probe.most_readings)[0]
        look = Look(plain, key, seed)
        first = judge_reading(exercise, look)
        failed = sorted(mark.id for mark in first.marks if mark.earned < mark.points)
        entry = replace(entry, facts={**entry.facts, "failed": failed, BEHAVIOUR_FACT: behaviour_of(look)})
        key = replace(key, wrong=(*key.wrong, (misconception, entry)))
        found.append((misconception, evidence))
    for misconception, evidence in found:
        seen = judge(exercise, evidence, key).misconception
        if seen != misconception.id and seen != misconception.id.split(".")[0]:
            raise KeyProblem(f"{exercise.id}: the misconception {misconception.id!r} is taken for {seen!r}.")
    return key


def _share(key: AnswerKey, taken: str | None, cause: str) -> AnswerKey:
    """Two mistakes of an earlier exercise look alike from here: name the exercise, not one of the two."""
    if taken is None or not taken.startswith(f"{cause}."):
        return key  # harmless here, or seen as a mistake of this exercise's own
    both = Misconception(
        cause,
        f"The cause lies in `{cause}`.",
        f"This exercise builds on `{cause}`, and what comes back is what a wrong `{cause}` gives.",
        f"Run the check of `{cause}` and mend that first.",
    )
    return replace(key, wrong=tuple((both if m.id == taken else m, entry) for m, entry in key.wrong))


def _probe(exercise: Exercise, given: Any, seed: int) -> Evidence:
    return exercise.probe.run(exercise.id, given, seed)


def _keep(exercise: Exercise, id: str, evidence: Evidence, right: bool) -> Expected:
    """Evidence as a key holds it: its first reading, and a number only under its seal."""
    evidence = weight_orders.readings_of(evidence, exercise.probe.most_readings)[0]
    if isinstance(exercise.probe, NumberProbe) and "value" in evidence.arrays:
        return sealed_number(id, evidence, exercise.probe.step, exercise.id)
    if not right:  # recognised by what it gives, not by how it behaves
        aside = (BEHAVIOUR, NAMED_LAYERS)
        arrays = {
            name: _rounded(array) for name, array in evidence.arrays.items() if not name.startswith(aside)
        }
        return expected_evidence(id, replace(evidence, arrays=arrays))
    drawn = tuple(evidence.arrays)[:1] if id == SOLUTION else ()  # the card shows it; the rest is recognised
    return expected_evidence(id, evidence, drawn, RIGHT_FINGERPRINT)


def _rounded(array: Array) -> Array:
    """To multiples of GRAIN, which compress better: students carry every key twice, in folder and wheel."""
    return np.round(array / GRAIN) * GRAIN if array.dtype.kind == "f" else array


def _right(
    exercise: Exercise, lesson: Lesson, variants: tuple[Variant, ...], evidence: Evidence, seed: int
) -> Iterator[Expected]:
    """The solution, its legitimate variants, and the same without some biases (an answer may have none)."""
    yield _keep(exercise, SOLUTION, evidence, right=True)
    sources = {SOLUTION: lesson.solutions.get(exercise.id, "")}
    for variant in variants:
        if variant.exercise == exercise.id:
            sources[variant.id] = edit(lesson, exercise.id, variant.edits, variant.id)
            given = answer(lesson, exercise.id, {exercise.id: sources[variant.id]})
            yield _keep(exercise, variant.id, _probe(exercise, given, seed), right=True)
    biased = evidence.facts.get("biased")
    if not isinstance(exercise.probe, LayerProbe) or not biased:
        return
    every_bias = range(len(biased["biases"]))
    for name, source in sources.items():
        for size in range(1, len(every_bias) + 1):
            for without in itertools.combinations(every_bias, size):
                given = answer(lesson, exercise.id, {exercise.id: source})
                bare = exercise.probe.run(exercise.id, given, seed, frozenset(without))
                only = {key: array for key, array in bare.arrays.items() if key.startswith("biased/")}
                tag = "-".join(map(str, without))
                yield _keep(exercise, f"{name}-without-bias-{tag}", Evidence(exercise.id, only), right=True)


def _wrong_evidence(
    exercise: Exercise, lesson: Lesson, known: tuple[Wrong, ...], seed: int
) -> Iterator[tuple[Misconception, Evidence]]:
    """Evidence of the exercise's own misconceptions, then of those of the exercises it builds on."""
    for wrong in known:
        if wrong.exercise == exercise.id:
            given = answer(lesson, exercise.id, {wrong.exercise: wrong_source(lesson, wrong)})
            yield wrong.misconception, _probe(exercise, given, seed)
    for wrong in known:
        if wrong.exercise != exercise.id and uses(lesson, exercise.id, wrong.exercise):
            given = answer(lesson, exercise.id, {wrong.exercise: wrong_source(lesson, wrong)})
            inherited = replace(
                wrong.misconception,
                id=f"{wrong.exercise}.{wrong.misconception.id}",
                title=f"The cause lies in `{wrong.exercise}`: {wrong.misconception.title}",
                next_step=f"Mend `{wrong.exercise}` first, then run this check again.",
            )
            yield inherited, _probe(exercise, given, seed)


def _require_right(exercise: Exercise, evidence: Evidence, key: AnswerKey, who: str) -> None:
    verdict = judge(exercise, evidence, key)
    if not verdict.passed:
        raise KeyProblem(
            f"{exercise.id}: {who} gets {verdict.points:g} of {verdict.max_points:g} points. "
            f"{verdict.headline} {verdict.hint}",
            where=f"solutions/{exercise.lesson}/{exercise.lesson}.py",
            fix="Mend the solution, or the exercise's probe and criteria.",
        )
