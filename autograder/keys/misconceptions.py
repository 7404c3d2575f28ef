"""Known wrong answers, each with the hint that helps; those of an exercise lie in its own folder.

In `autograder/lessons/lesson_NN/EXERCISE/misconceptions.py` stand `MISCONCEPTIONS`, made with `wrong`, and,
if other right answers give other numbers, `VARIANTS`, made with `variant`.

A misconception is written as an edit of the lesson's own solution (old text, new text), so that no second
copy of a solution exists and a changed solution shows at once which misconceptions must change with it. Both
texts are written out, so that the file can be read without the lesson beside it.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import lessons
from course_lib.checks.answer_key import Misconception
from course_lib.checks.exercise import Exercise, all_exercises

LESSONS = Path(lessons.__file__).parent
Edit = tuple[str, str]


@dataclass(frozen=True)
class Wrong:
    """One wrong answer: an edit of the solution, other code, or a wrong number.

    Attributes:
        misconception: What a student is told of it.
        edits: Texts of the solution and what stands in their place, one after the other.
        code: The whole answer, where it is no edit of the solution.
        number: The answer to a question that asks for a number.
        exercise: The exercise's id; told by the folder that it lies in.
    """

    misconception: Misconception
    edits: tuple[Edit, ...] = ()
    code: str = ""
    number: float | None = None
    exercise: str = ""


@dataclass(frozen=True)
class Variant:
    """Another right answer that gives other numbers (say, the two pooled maps in the other order).

    Attributes:
        id: Its name in the answer key.
        edits: Texts of the solution and what stands in their place, one after the other.
        exercise: The exercise's id; told by the folder that it lies in.
    """

    id: str
    edits: tuple[Edit, ...]
    exercise: str = ""


def wrong(
    id: str,
    title: str,
    hint: str,
    next_step: str,
    *edits: Edit,
    code: str = "",
    number: float | None = None,
) -> Wrong:
    """A wrong answer. `title` names the mistake, `hint` says why it is one, `next_step` what to do."""
    return Wrong(Misconception(id, title, hint, next_step), edits, code, number)


def variant(id: str, *edits: Edit) -> Variant:
    """Another right answer, as edits like those of `wrong`."""
    return Variant(id, edits)


def file_of(exercise: Exercise) -> Path:
    """Where the misconceptions of an exercise stand."""
    return LESSONS / f"lesson_{exercise.lesson[:2]}" / exercise.id / "misconceptions.py"


def misconceptions_of(lesson: str) -> tuple[tuple[Wrong, ...], tuple[Variant, ...]]:
    """The misconceptions and legitimate variants of a lesson folder such as `01_channel_attention`.

    They come in the order of the exercises' specifications.
    """
    known: list[Wrong] = []
    variants: list[Variant] = []
    for exercise in all_exercises().values():
        if exercise.lesson == lesson and file_of(exercise).is_file():
            name = f"{lessons.__name__}.lesson_{lesson[:2]}.{exercise.id}.misconceptions"
            module = importlib.import_module(name)
            known += (replace(each, exercise=exercise.id) for each in module.MISCONCEPTIONS)
            variants += (replace(each, exercise=exercise.id) for each in getattr(module, "VARIANTS", ()))
    return tuple(known), tuple(variants)
