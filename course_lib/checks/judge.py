"""Judge evidence by an answer key. NumPy only: no student code runs here.

`judge` never raises for what the evidence holds: whatever comes in, a verdict comes out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.checks import common_errors, weight_orders
from course_lib.checks.answer_key import AnswerKey, Expected, Misconception, matches, seal_of
from course_lib.checks.behaviour import NAMED, PREFIX
from course_lib.checks.criteria import habits
from course_lib.checks.evidence import Array, Evidence
from course_lib.checks.exercise import Criterion, Exercise, Look
from course_lib.checks.probe import NumberProbe

STYLE = "biased/"  # arrays that depend on which biases an answer has: never used to name a mistake


OUT_OF_MEMORY = ("MemoryError", "_ArrayMemoryError", "ResourceExhaustedError")


WAITS = "counts once the above holds"  # the message of a criterion that itself holds


@dataclass(frozen=True)
class Mark:
    """How one criterion went: points it carries, points earned, and what was seen when it did not hold."""

    id: str
    title: str
    points: float
    earned: float
    message: str | None


@dataclass(frozen=True)
class Verdict:
    """Points per criterion, what was recognised, and what to do next.

    outcome: right, misconception, wrong, error, not attempted; or where there is nothing to judge: time,
    memory, output, crash, tampered, not run, no evidence.
    misconception: id of the recognised misconception, or None.
    picture: (title, target, yours) with two small 2-D arrays, or None.
    """

    exercise: str
    title: str
    points: float
    max_points: float
    outcome: str
    headline: str
    marks: tuple[Mark, ...]
    hint: str = ""
    next_step: str = ""
    misconception: str | None = None
    picture: tuple[str, Array, Array] | None = None

    @property
    def passed(self) -> bool:
        return self.points == self.max_points


def judge(exercise: Exercise, evidence: Evidence, key: AnswerKey) -> Verdict:
    """Points, cause and next step for one answer, by its best reading: right, or else one with a name."""
    with np.errstate(all="ignore"):
        verdicts = [
            judge_reading(exercise, Look(reading, key, key.seed))
            for reading in weight_orders.of(evidence, exercise.probe.most_readings)
        ]
    return max(
        verdicts, key=lambda verdict: (verdict.passed, verdict.misconception is not None, verdict.points)
    )


def judge_reading(exercise: Exercise, look: Look) -> Verdict:
    """The verdict on one reading of an answer."""
    marks = mark(exercise, look)
    points = sum(m.earned for m in marks)
    if points == exercise.points:
        return Verdict(exercise.id, exercise.title, points, points, "right", "Right. All of it.", marks)
    outcome, words = explain(exercise, look, marks)
    return Verdict(
        exercise.id,
        exercise.title,
        points,
        exercise.points,
        outcome,
        words.title,
        marks,
        words.hint,
        words.next_step,
        words.id if outcome == "misconception" else None,
        draw(exercise, look),
    )


def no_evidence(exercise: Exercise, reason: str, outcome: str = "no evidence") -> Verdict:
    """The verdict when nothing readable came back; `outcome` says in which way."""
    return Verdict(
        exercise.id,
        exercise.title,
        0.0,
        exercise.points,
        outcome,
        "The check could not look at this answer.",
        tuple(Mark(c.id, c.title, c.points, 0.0, "not looked at") for c in exercise.criteria),
        reason,
        "Restart the kernel, run all cells from the top, and see which one stops.",
    )


def mark(exercise: Exercise, look: Look) -> tuple[Mark, ...]:
    """Go through the criteria in order; one that rests on a failed one is not earned."""
    failed: set[str] = set()
    marks = []
    for criterion in exercise.criteria:
        message = outcome_of(criterion, look)
        if message is None and failed.isdisjoint(criterion.requires):
            marks.append(Mark(criterion.id, criterion.title, criterion.points, criterion.points, None))
            continue
        failed.add(criterion.id)
        marks.append(Mark(criterion.id, criterion.title, criterion.points, 0.0, message or WAITS))
    return tuple(marks)


def outcome_of(criterion: Criterion, look: Look) -> str | None:
    """A criterion's message; evidence of the wrong kind fails it rather than breaking the judge."""
    try:
        return criterion.test(look)
    except Exception:  # hostile evidence: missing names, odd shapes, overflow
        return "this could not be looked at"


def explain(exercise: Exercise, look: Look, marks: tuple[Mark, ...]) -> tuple[str, Misconception]:
    """The outcome of an answer that is not right, and what to say about it: first cause first."""
    error = look.evidence.error
    if error and is_stub(error):
        if isinstance(exercise.probe, NumberProbe):
            return "not attempted", Misconception(
                "not_attempted",
                "Not filled in yet.",
                f"There is no number for `{exercise.id}` yet.",
                "Write your number in place of `None`, delete the lines from `#### Fill your code ####` on, "
                "run that cell, then this one.",
            )
        return "not attempted", Misconception(
            "not_attempted",
            "Not filled in yet.",
            f"`{exercise.id}` still raises NotImplementedError.",
            "Replace the lines from `#### Fill your code ####` on, run that cell, then this one.",
        )
    if found := recognise(look, sorted(m.id for m in marks if m.earned < m.points)):
        return "misconception", found
    if error:
        return "memory" if error.get("type") in OUT_OF_MEMORY else "error", explain_error(error)
    first = next(m for m in marks if m.earned < m.points)
    advice = next(c.advice for c in exercise.criteria if c.id == first.id)
    return "wrong", Misconception("wrong", f"Not yet: {first.title}.", f"Seen: {first.message}.", advice)


def is_stub(error: dict[str, Any]) -> bool:
    """Does the answer still say that it is not written? Libraries raise NotImplementedError too."""
    own = str(error.get("line")).startswith("raise NotImplementedError")
    return error.get("type") == "NotImplementedError" and (
        own or "not filled in yet" in str(error.get("message"))
    )


def explain_error(error: dict[str, Any]) -> Misconception:
    """What to say about an exception that is no known misconception of this exercise."""
    line = f" The line: `{str(error['line'])[:120]}`." if error.get("line") else ""
    first_line = next(iter(str(error.get("message")).strip().splitlines()), "")[:200]
    message = f"{error.get('type')}: {first_line}"
    known = common_errors.explain(error)
    if known:
        return Misconception(known.id, known.title, f"{known.hint}{line} ({message})", known.next_step)
    return Misconception(
        "error",
        "Your code stops with an error.",
        f"{message}.{line}",
        "Read the last line of the error first, then the line it points at.",
    )


def recognise(look: Look, failed: list[str]) -> Misconception | None:
    """The misconception with the same evidence, or None. Of several the nearest in manner, then the first."""
    evidence = look.evidence
    seen = manner({**evidence.facts, "habits": habits(look)})
    candidates = [
        (sum(a != b for a, b in zip(seen, manner(known.facts), strict=True)), place)
        for place, (_, known) in enumerate(look.key.wrong)
        if failed == known.facts["failed"] and same(evidence, known)
    ]
    if any(same(evidence, variant) for variant in look.key.right):
        # The numbers are right, only the manner can be wrong: it must be exactly that of the misconception.
        candidates = [candidate for candidate in candidates if candidate[0] == 0]
    return look.key.wrong[min(candidates)[1]][0] if candidates else None


def manner(facts: dict[str, Any]) -> list[Any]:
    """What an answer does beyond its numbers."""
    return [facts.get(part) for part in ("habits", "axes", "types")]


def same(evidence: Evidence, known: Expected) -> bool:
    """Is this the evidence of a known answer, as far as style cannot change it?"""
    if "seal" in known.facts:
        return bool(seal_of(evidence, known.facts) == known.facts["seal"])
    if not same_error(evidence.error, known.facts.get("error")):
        return False
    names = {name for name in known.arrays if not name.startswith((STYLE, PREFIX, NAMED))}
    return (bool(names) or evidence.error is not None) and all(
        name in evidence.arrays and matches(name, evidence.arrays[name], known) for name in names
    )


def same_error(seen: dict[str, Any] | None, known: dict[str, Any] | None) -> bool:
    """Both none; the same shapes that clash; the same usual error; or the same words, names aside."""
    if seen is None or known is None:
        return seen is known
    clash = shapes_in(known["message"])
    if len(clash) > 1:
        return seen.get("case") == known["case"] and shapes_in(str(seen.get("message"))) == clash
    if (usual := common_errors.explain(known)) is not None:
        return common_errors.explain(seen) == usual
    return all(seen.get(part) == known[part] for part in ("type", "stage", "case")) and plain(
        str(seen.get("message"))
    ) == plain(known["message"])


def shapes_in(message: str) -> list[list[str]]:
    """The shapes an error message speaks of, sorted, without the batch and axes of size 1."""
    shapes = re.findall(r"[\[(]((?:None|\d+)(?:, ?(?:None|\d+))+)[\])]", message)
    return sorted([size for size in re.findall(r"\d+", shape) if size != "1"] for shape in shapes)


def plain(message: str) -> str:
    """The start of an error message without names, which are a matter of style; sizes stay."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|[A-Za-z_]\w*\d\w*", "#", message)[:200]


def draw(exercise: Exercise, look: Look) -> tuple[str, Array, Array] | None:
    """Target and answer as two small maps, when the exercise has a picture and the evidence allows it."""
    if exercise.picture is None:
        return None
    try:
        target = exercise.picture.draw(look.key.right[0].arrays, look.seed)
        yours = exercise.picture.draw(look.evidence.arrays, look.seed)
    except Exception:  # the answer has no such output: no picture
        return None
    if target.shape != yours.shape or target.ndim != 2 or not np.isfinite(yours).all():
        return None
    return exercise.picture.title, target, yours
