"""Checks: from an answer to a verdict in three steps, probe → judge → card.

In a lesson one line does all three, with the public answer key:

    check("channel_attention", channel_attention)
"""

from __future__ import annotations

from typing import Any

from course_lib.checks.answer_key import KeyMissing, public_key
from course_lib.checks.exercise import UnknownExercise, find_exercise

__all__ = ["CheckFailed", "KeyMissing", "UnknownExercise", "check"]


class CheckFailed(Exception):
    """An answer is not right yet. The message has two lines: what is wrong, and what to do next."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows instead of a traceback."""
        return str(self).splitlines()


def check(exercise_id: str, answer: Any) -> None:
    """Look at an answer and show a card that says what holds and what to do next.

    Args:
        exercise_id: The exercise's id, such as "channel_attention".
        answer: The function, or the number, that answers it.

    Raises:
        CheckFailed: If a criterion does not hold; in a notebook without a traceback.
        UnknownExercise: If no exercise has that id.
        KeyMissing: If the answer key is missing or damaged.
    """
    from IPython.display import display

    from course_lib.checks.card import Card
    from course_lib.checks.judge import judge

    exercise = find_exercise(exercise_id)
    key = public_key(exercise.id)
    verdict = judge(exercise, exercise.probe.run(exercise.id, answer, key.seed), key)
    display(Card(verdict))
    if not verdict.passed:
        points = f"{verdict.points:g} of {verdict.max_points:g} points"
        raise CheckFailed(f"{exercise.id}: {verdict.headline} ({points})\nNext: {verdict.next_step}")
