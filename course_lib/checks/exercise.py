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
    """Calls an answer and reports what it did. Runs where the student's code runs."""

    @property
    def most_readings(self) -> int:
        """How many readings of one answer its evidence may hold; see `weight_orders`."""

    def run(self, exercise: str, answer: Any, seed: int) -> Evidence:
        """Probe an answer on inputs made from a seed; never raises for what the answer does."""


@dataclass(frozen=True)
class Look:
    """What a criterion may look at.

    Attributes:
        evidence: One reading of an answer.
        key: The answer key.
        seed: The key's seed, from which the inputs of the probe can be drawn again.
    """

    evidence: Evidence
    key: AnswerKey
    seed: int


@dataclass(frozen=True)
class Criterion:
    """One thing that an answer must do.

    Attributes:
        id: Unique in the exercise. Keys and gradebooks hold it.
        points: The points it earns.
        title: What must hold, as a student reads it.
        test: Returns None when it holds, else one sentence with what was seen and what was expected.
        advice: The next step when it does not hold.
        requires: Ids of criteria that must hold first; points are earned only on top of theirs.
    """

    id: str
    points: float
    title: str
    test: Callable[[Look], str | None]
    advice: str
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A small map worth drawing for the target and the answer, side by side.

    Attributes:
        title: What is drawn.
        draw: Function of the evidence's arrays and the seed; returns an array (rows, columns).
    """

    title: str
    draw: Callable[[dict[str, Array], int], Array]


def _first_channel(arrays: dict[str, Array], seed: int) -> Array:
    """Return the first channel of the first image, (H, W)."""
    return np.asarray(arrays["plain/output"][0, ..., 0])


FIRST_CHANNEL = Picture("first channel of one image", _first_channel)


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes:
        id: Unique in the course; the name that `check` takes.
        lesson: Folder name of its lesson, such as "01_channel_attention".
        title: Its title on the card.
        probe: How an answer is looked at.
        criteria: What earns points, first cause first.
        picture: A picture for the card, or None.
    """

    id: str
    lesson: str
    title: str
    probe: Probe
    criteria: tuple[Criterion, ...]
    picture: Picture | None = None

    @property
    def asks_for_number(self) -> bool:
        """Whether the answer is a number: then the probe has a `step`, which says how exact it has to be."""
        return hasattr(self.probe, "step")

    @property
    def points(self) -> float:
        """The sum of the criteria's points."""
        return sum(criterion.points for criterion in self.criteria)


class UnknownExercise(KeyError):
    """No exercise has that id; the message suggests the nearest."""

    def __str__(self) -> str:
        return str(self.args[0])  # without the quotation marks of a KeyError


@cache
def all_exercises() -> dict[str, Exercise]:
    """Return every exercise of the course by id, in lesson order.

    In a student's copy: those of the lessons given so far.
    """
    package = importlib.import_module("course_lib.checks.exercises")
    found: dict[str, Exercise] = {}
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    for name in names:
        if not name.startswith("lesson_"):
            continue  # what the specifications share
        exercises: Iterable[Exercise] = importlib.import_module(f"{package.__name__}.{name}").EXERCISES
        for exercise in exercises:
            if exercise.id in found:
                raise ValueError(f"exercise id {exercise.id!r} is used twice; ids are unique over the course")
            found[exercise.id] = exercise
    return found


def find_exercise(exercise_id: str) -> Exercise:
    """Return the exercise with that id.

    Raises:
        UnknownExercise: If there is none; the message names the nearest id.
    """
    exercises = all_exercises()
    if not isinstance(exercise_id, str) or exercise_id not in exercises:
        near = difflib.get_close_matches(str(exercise_id), exercises, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else f" Known: {', '.join(exercises)}."
        raise UnknownExercise(f"No exercise is called {exercise_id!r}.{hint}")
    return exercises[exercise_id]
