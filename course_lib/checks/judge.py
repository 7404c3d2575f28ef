"""Judge evidence by an answer key.

NumPy only, and no student code runs here: while grading, this is the trusted side. Evidence is hostile input,
so `judge` never raises for what it holds: whatever comes in, a verdict comes out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.checks import common_errors, weight_orders
from course_lib.checks.answer_key import AnswerKey, Expected, Misconception, matches, seal_of
from course_lib.checks.criteria import behaviour_of
from course_lib.checks.evidence import BEHAVIOUR, BEHAVIOUR_FACT, NAMED_LAYERS, Array, Evidence
from course_lib.checks.exercise import Criterion, Exercise, Look

_STYLE = "biased/"  # arrays that depend on which biases an answer has: never used to name a mistake
OUT_OF_MEMORY = ("MemoryError", "_ArrayMemoryError", "ResourceExhaustedError")
WAITS = "counts once the above holds"  # the message of a criterion that holds, but requires one that does not


@dataclass(frozen=True)
class Mark:
    """How one criterion went.

    Attributes:
        id: The criterion's id.
        title: The criterion's title.
        points: The points it carries.
        earned: The points earned: all of them or none.
        message: What was seen when it does not hold; `WAITS` if it only waits for another; None if earned.
    """

    id: str
    title: str
    points: float
    earned: float
    message: str | None


@dataclass(frozen=True)
class Verdict:
    """Points per criterion, what was recognised, and what to do next.

    Attributes:
        exercise: The exercise's id.
        title: The exercise's title.
        points: The points earned.
        max_points: The exercise's points.
        outcome: "right", "misconception", "wrong", "error" or "not attempted"; where there is nothing to
            judge "time", "memory", "output", "crash", "tampered", "not run" or "no evidence".
        headline: One sentence, the first a student reads.
        marks: One mark per criterion, in the exercise's order.
        hint: What was seen, or what the misconception is; may be empty.
        next_step: One thing to do next; may be empty.
        misconception: Id of the recognised misconception, or None.
        picture: (title, target, yours), the last two small arrays (rows, columns); or None.
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
        """Whether all points were earned."""
        return self.points == self.max_points


def judge(exercise: Exercise, evidence: Evidence, key: AnswerKey) -> Verdict:
    """Return points, cause and next step for one answer, by its best reading.

    The best is a right one, else one with a recognised misconception, else the one with the most points: the
    order in which known weights were dealt to the layers is a matter of style and must not cost points.
    """
    with np.errstate(all="ignore"):
        verdicts = [
            judge_reading(exercise, Look(reading, key, key.seed))
            for reading in weight_orders.readings_of(evidence, exercise.probe.most_readings)
        ]
    return max(
        verdicts, key=lambda verdict: (verdict.passed, verdict.misconception is not None, verdict.points)
    )


def judge_reading(exercise: Exercise, look: Look) -> Verdict:
    """Return the verdict on one reading of an answer; see `weight_orders` for readings."""
    marks = _marks(exercise, look)
    points = sum(m.earned for m in marks)
    if points == exercise.points:
        return Verdict(exercise.id, exercise.title, points, points, "right", "Right. All of it.", marks)
    outcome, words = _explanation(exercise, look, marks)
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
        _picture_for(exercise, look),
    )


def no_evidence(exercise: Exercise, reason: str, outcome: str = "no evidence") -> Verdict:
    """Return the verdict when nothing readable came back.

    Args:
        exercise: The exercise.
        reason: What happened, in a sentence; the hint of the verdict.
        outcome: One of the outcomes of `Verdict` without evidence.
    """
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


def _marks(exercise: Exercise, look: Look) -> tuple[Mark, ...]:
    """Go through the criteria in order; one that requires a failed one is not earned."""
    failed: set[str] = set()
    marks = []
    for criterion in exercise.criteria:
        message = _failure_of(criterion, look)
        if message is None and failed.isdisjoint(criterion.requires):
            marks.append(Mark(criterion.id, criterion.title, criterion.points, criterion.points, None))
            continue
        failed.add(criterion.id)
        marks.append(Mark(criterion.id, criterion.title, criterion.points, 0.0, message or WAITS))
    return tuple(marks)


def _failure_of(criterion: Criterion, look: Look) -> str | None:
    """Return why a criterion does not hold, or None; evidence of the wrong kind fails it."""
    try:
        return criterion.test(look)
    except Exception:  # hostile evidence: missing names, odd shapes, overflow
        return "this could not be looked at"


def _explanation(exercise: Exercise, look: Look, marks: tuple[Mark, ...]) -> tuple[str, Misconception]:
    """Return the outcome of an answer that is not right, and what to say about it.

    Most specific first: a stub, then a known misconception (some of which are errors), then any other error,
    then the first criterion that failed.
    """
    error = look.evidence.error
    if error and _is_stub(error):
        if exercise.asks_for_number:
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
    if found := _recognised(look, sorted(m.id for m in marks if m.earned < m.points)):
        return "misconception", found
    if error:
        return "memory" if error.get("type") in OUT_OF_MEMORY else "error", _explain_error(error)
    first = next(m for m in marks if m.earned < m.points)
    advice = next(c.advice for c in exercise.criteria if c.id == first.id)
    return "wrong", Misconception("wrong", f"Not yet: {first.title}.", f"Seen: {first.message}.", advice)


def _is_stub(error: dict[str, Any]) -> bool:
    """Whether the error is the stub's own NotImplementedError; libraries raise NotImplementedError too."""
    own = str(error.get("line")).startswith("raise NotImplementedError")
    return error.get("type") == "NotImplementedError" and (
        own or "not filled in yet" in str(error.get("message"))
    )


def _explain_error(error: dict[str, Any]) -> Misconception:
    """Say what is wrong after an exception that is no known misconception of this exercise."""
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


def _recognised(look: Look, failed: list[str]) -> Misconception | None:
    """Return the misconception with the same evidence, or None.

    Several misconceptions can give the same numbers. The one whose behaviour differs least is taken, and the
    first of those in the author's order.

    Args:
        look: The evidence beside the key.
        failed: Ids of the criteria that earned nothing, sorted; they must be those of the misconception.
    """
    evidence = look.evidence
    seen = _behaviour_facts({**evidence.facts, BEHAVIOUR_FACT: behaviour_of(look)})
    candidates = [
        (sum(a != b for a, b in zip(seen, _behaviour_facts(known.facts), strict=True)), place)
        for place, (_, known) in enumerate(look.key.wrong)
        if failed == known.facts["failed"] and _same_evidence(evidence, known)
    ]
    if any(_same_evidence(evidence, variant) for variant in look.key.right):
        # The numbers are right, only the behaviour can be wrong: it must be exactly the misconception's.
        candidates = [candidate for candidate in candidates if candidate[0] == 0]
    return look.key.wrong[min(candidates)[1]][0] if candidates else None


def _behaviour_facts(facts: dict[str, Any]) -> list[Any]:
    """Return what an answer does beyond its numbers."""
    return [facts.get(part) for part in (BEHAVIOUR_FACT, "axes", "types")]


def _same_evidence(evidence: Evidence, known: Expected) -> bool:
    """Whether this is the evidence of a known answer, as far as style cannot change it.

    Behaviour is left out here, since it is compared by flags; so are outputs of named layers, since a wrong
    answer may have other layers.
    """
    if "seal" in known.facts:
        return bool(seal_of(evidence, known.facts) == known.facts["seal"])
    if not _same_error(evidence.error, known.facts.get("error")):
        return False
    names = {name for name in known.arrays if not name.startswith((_STYLE, BEHAVIOUR, NAMED_LAYERS))}
    return (bool(names) or evidence.error is not None) and all(
        name in evidence.arrays and matches(name, evidence.arrays[name], known) for name in names
    )


def _same_error(seen: dict[str, Any] | None, known: dict[str, Any] | None) -> bool:
    """Whether two errors have one cause: the same clashing shapes, common error, or words without names.

    The words of TensorFlow's messages depend on the layers an answer uses; the sizes in them do not.
    """
    if seen is None or known is None:
        return seen is known
    clash = _shapes_in(known["message"])
    if len(clash) > 1:
        return seen.get("case") == known["case"] and _shapes_in(str(seen.get("message"))) == clash
    if (usual := common_errors.explain(known)) is not None:
        return common_errors.explain(seen) == usual
    return all(seen.get(part) == known[part] for part in ("type", "stage", "case")) and _without_names(
        str(seen.get("message"))
    ) == _without_names(known["message"])


def _shapes_in(message: str) -> list[list[str]]:
    """Return the shapes in an error message, sorted, without unknown sizes and axes of size 1."""
    shapes = re.findall(r"[\[(]((?:None|\d+)(?:, ?(?:None|\d+))+)[\])]", message)
    return sorted([size for size in re.findall(r"\d+", shape) if size != "1"] for shape in shapes)


def _without_names(message: str) -> str:
    """Return the start of an error message without names, which are a matter of style; sizes stay."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|[A-Za-z_]\w*\d\w*", "#", message)[:200]


def _picture_for(exercise: Exercise, look: Look) -> tuple[str, Array, Array] | None:
    """Return target and answer as two small maps, where exercise and evidence allow it; or None."""
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
