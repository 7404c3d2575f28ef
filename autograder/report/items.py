"""Item analysis: how hard each exercise was, and whether it tells stronger students from weaker ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from autograder.grading.grader import first_causes
from autograder.report.results import ClassResults
from course_lib.checks.exercise import all_exercises

FEWEST = 5  # students, for a correlation to be worth printing


@dataclass(frozen=True)
class Misread:
    """A recognised misconception: how many had it, its headline."""

    exercise: str
    id: str
    headline: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """Statistics of one exercise over everyone whose submission was judged.

    passed: share with full points. facility: mean share of the points (the classical item difficulty, 1 is
    easy). discrimination: correlation of its points with those of all the other exercises (corrected
    item-total correlation), None where one of the two is the same for all, or fewer than five were judged.
    failed: how often each criterion did not hold, over those who tried.
    """

    exercise: str
    title: str
    section: str
    most: float
    judged: int
    passed: float
    facility: float
    discrimination: float | None
    outcomes: dict[str, int]
    failed: dict[str, int]


def analyse(found: ClassResults) -> tuple[Item, ...]:
    """An item for each exercise, in the lesson's order."""
    judged = [result for result in found.results if result.answers]
    points = np.array(
        [
            [{a.exercise: a.points for a in result.answers}.get(name, 0.0) for name in found.exercises]
            for result in judged
        ],
        np.float64,
    ).reshape(len(judged), len(found.exercises))
    known = all_exercises()
    items = []
    for column, name in enumerate(found.exercises):
        answers = [answer for _, answer in found.answers(name)]
        most = max(answer.most for answer in answers)
        rest = np.delete(points, column, axis=1).sum(axis=1)
        criteria = {c.id: c.title for c in known[name].criteria} if name in known else {}
        tried = [answer for answer in answers if answer.outcome != "not attempted"]
        failed = Counter(criteria.get(each, each) for answer in tried for each in answer.failed)
        items.append(
            Item(
                name,
                known[name].title if name in known else name,
                found.sections.get(name, ""),
                most,
                len(answers),
                float(np.mean([answer.points == answer.most for answer in answers])),
                float(np.mean([answer.points / answer.most for answer in answers])),
                correlation(points[:, column], rest),
                dict(Counter(answer.outcome for answer in answers).most_common()),
                dict(failed.most_common()),
            )
        )
    return tuple(items)


def correlation(a: np.ndarray, b: np.ndarray) -> float | None:
    """Pearson's; None where it is not defined or rests on too few."""
    if len(a) < FEWEST or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def misread(found: ClassResults) -> tuple[Misread, ...]:
    """The recognised misconceptions, the commonest first; one that follows from another is not counted."""
    groups: dict[tuple[str, str], list[str]] = {}
    headlines: dict[tuple[str, str], str] = {}
    for result in found.results:
        named = [answer for answer in result.answers if answer.misconception]
        causes = list(first_causes(answer.headline for answer in named))
        for answer in named:
            if answer.headline in causes:
                causes.remove(answer.headline)  # the second of two equal ones repeats the first
                key = answer.exercise, str(answer.misconception)
                groups.setdefault(key, []).append(result.student)
                headlines.setdefault(key, answer.headline)
    ordered = sorted(groups, key=lambda key: -len(groups[key]))
    return tuple(Misread(*key, headlines[key], tuple(groups[key])) for key in ordered)
