"""An exercise: what the student writes, how it is probed, and the criteria that earn its points.

An exercise says what is asked and how to look at an answer. It never says how to answer.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from course_lib.checks.evidence import Array, Evidence

if TYPE_CHECKING:
    from course_lib.checks.answer_key import AnswerKey


class Probe(Protocol):
    """Calls an answer and reports what it did. Runs where the student's code runs.

    most_readings: how many readings of one answer (see `readings`) its evidence may hold.
    """

    @property
    def most_readings(self) -> int: ...

    def run(self, exercise: str, answer: Any, seed: int) -> Evidence:
        """Probe `answer` on inputs derived from `seed`. Never raises for what the answer does."""


@dataclass(frozen=True)
class Look:
    """What a criterion may look at: the evidence, the answer key, and which variant of the key fits best."""

    evidence: Evidence
    key: AnswerKey
    seed: int


@dataclass(frozen=True)
class Criterion:
    """One thing an answer must do.

    test: returns None when it holds, else one sentence with what was seen and what was expected.
    requires: ids of criteria that must hold first; points are earned only on top of them.
    advice: the next step when it does not hold.
    """

    id: str
    points: float
    title: str
    test: Callable[[Look], str | None]
    advice: str
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A small map (rows, columns) worth drawing for the target and the answer, side by side."""

    title: str
    draw: Callable[[dict[str, Array], int], Array]


def first_channel(arrays: dict[str, Array], seed: int) -> Array:
    """The first channel of the first image, (H, W)."""
    return np.asarray(arrays["plain/output"][0, ..., 0])


FIRST_CHANNEL = Picture("first channel of one image", first_channel)


@dataclass(frozen=True)
class Exercise:
    """One exercise: id, lesson folder, title, probe and criteria (their points add up to the exercise's)."""

    id: str
    lesson: str
    title: str
    probe: Probe
    criteria: tuple[Criterion, ...]
    picture: Picture | None = None

    @property
    def points(self) -> float:
        return sum(criterion.points for criterion in self.criteria)


class UnknownExercise(KeyError):
    """No exercise has that id; the message suggests the nearest."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def all_exercises() -> dict[str, Exercise]:
    """Every exercise of the course by id, in lesson order."""
    package = importlib.import_module("course_lib.checks.exercises")
    found: dict[str, Exercise] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        exercises: Iterable[Exercise] = importlib.import_module(f"{package.__name__}.{module.name}").EXERCISES
        for exercise in exercises:
            if exercise.id in found:
                raise ValueError(f"exercise id {exercise.id!r} is used twice; ids are unique over the course")
            found[exercise.id] = exercise
    return found


def find_exercise(exercise_id: str) -> Exercise:
    """The exercise with that id.

    Raises:
        UnknownExercise: naming the nearest id.
    """
    exercises = all_exercises()
    if not isinstance(exercise_id, str) or exercise_id not in exercises:
        near = difflib.get_close_matches(str(exercise_id), exercises, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else f" Known: {', '.join(exercises)}."
        raise UnknownExercise(f"No exercise is called {exercise_id!r}.{hint}")
    return exercises[exercise_id]
