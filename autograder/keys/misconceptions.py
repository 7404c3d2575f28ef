"""Known wrong answers, one module per lesson, each with the hint that helps.

A misconception is written as an edit of the lesson's own solution (old text, new text), so that no second
copy of a solution exists and a changed solution shows at once which misconceptions must change with it.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

from autograder import lessons
from course_lib.checks.answer_key import Misconception

LESSONS = Path(lessons.__file__).parent
Edit = tuple[str, str]


@dataclass(frozen=True)
class Wrong:
    """One wrong answer to one exercise: an edit of the solution, other code, or a wrong number."""

    exercise: str
    misconception: Misconception
    edits: tuple[Edit, ...] = ()
    code: str = ""
    number: float | None = None


@dataclass(frozen=True)
class Variant:
    """Another right answer that gives other numbers (say, the two pooled maps in the other order)."""

    exercise: str
    id: str
    edits: tuple[Edit, ...]


def wrong(
    exercise: str,
    id: str,
    title: str,
    hint: str,
    next_step: str,
    *edits: Edit,
    code: str = "",
    number: float | None = None,
) -> Wrong:
    """A wrong answer. `title` names the mistake, `hint` says why it is one, `next_step` what to do."""
    return Wrong(exercise, Misconception(id, title, hint, next_step), edits, code, number)


def of_lesson(lesson: str) -> tuple[tuple[Wrong, ...], tuple[Variant, ...]]:
    """The misconceptions and legitimate variants of a lesson folder such as `01_channel_attention`."""
    module = importlib.import_module(f"autograder.lessons.lesson_{lesson[:2]}.misconceptions")
    return tuple(module.MISCONCEPTIONS), tuple(getattr(module, "VARIANTS", ()))
