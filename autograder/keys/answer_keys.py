"""Builds answer keys: probes the lesson's own solution and every misconception, and keeps what they give.

Building is also the proof: it fails when the solution does not get full points, when a misconception does,
or when one misconception is taken for another.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import itertools
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.keys import misconceptions
from autograder.keys.misconceptions import Edit, Variant, Wrong
from course_lib import checks
from course_lib.checks import weight_orders
from course_lib.checks.answer_key import (
    PUBLIC_KEYS,
    PUBLIC_SEED,
    AnswerKey,
    Expected,
    KeyMissing,
    Misconception,
    expected_evidence,
    load,
    save,
    sealed_number,
)
from course_lib.checks.behaviour import BEHAVIOUR, BEHAVIOUR_FACT, NAMED_LAYERS
from course_lib.checks.criteria import behaviour_of
from course_lib.checks.evidence import Array, Evidence
from course_lib.checks.exercise import Exercise, Look, all_exercises, find_exercise
from course_lib.checks.judge import judge, judge_reading
from course_lib.checks.probe import LayerProbe, NumberProbe
from course_lib.errors import CourseError
from course_lib.paths import project_root
from course_lib.session import load_tensorflow

CHECK_PREFIX = "check_"
RIGHT_FINGERPRINT = 256
GRAIN = 2.0**-15  # a sixth of what `matches` lets pass
SOLUTION = "solution"
# Wrong answers may use what the solution does not: these names are there for every answer.
USUAL_IMPORTS = "import keras\nimport numpy as np\nimport tensorflow as tf\nfrom keras import layers, ops\n"


class KeyProblem(CourseError):
    """Exercise, solution and misconceptions do not fit together; the message says where."""


@dataclass(frozen=True)
class Lesson:
    """What a lesson source says about its exercises.

    imports: the lesson's import lines. solutions: exercise id -> solution cell, in order.
    answers: exercise id -> the expression handed to `check`.
    """

    name: str
    imports: str
    solutions: dict[str, str]
    answers: dict[str, str]


@cache
def read(lesson: str) -> Lesson:
    """The exercises of a lesson folder, from its source.

    Raises:
        KeyProblem: if the lesson has no source.
    """
    import jupytext

    source = project_root() / "solutions" / lesson / f"{lesson}.py"
    if not source.is_file():
        raise KeyProblem(
            f"Lesson {lesson} has no source.", where=str(source), fix="Keys are built where `solutions/` is."
        )
    imports, solutions, answers = [], {}, {}
    for cell in jupytext.read(source).cells:
        if cell.cell_type != "code":
            continue
        marked = cell.metadata.get("nbgrader", {})
        grade_id = str(marked.get("grade_id", ""))
        if marked.get("solution"):
            solutions[grade_id] = cell.source
        elif marked.get("grade"):
            call = ast.parse(cell.source.strip(), mode="eval").body
            assert isinstance(call, ast.Call)
            answers[grade_id.removeprefix(CHECK_PREFIX)] = ast.unparse(call.args[1])
        else:
            imports += [line for line in cell.source.splitlines() if line.startswith(("import ", "from "))]
    return Lesson(lesson, "\n".join(imports), solutions, answers)


def answer(
    lesson: Lesson,
    exercise: str,
    edited: Mapping[str, str] | None = None,
    names: Mapping[str, Any] | None = None,
) -> Any:
    """Run the lesson's solution cells and return one exercise's answer.

    edited: other source for some cells. names: what the cells find under some names instead of the usual.
    """
    namespace: dict[str, Any] = {"__name__": "lesson"}
    exec(USUAL_IMPORTS + lesson.imports, namespace)
    namespace.update(names or {})
    for cell, source in lesson.solutions.items():
        exec(compile((edited or {}).get(cell, source), f"<{cell}>", "exec"), namespace)
    return eval(lesson.answers[exercise], namespace)


def edit(lesson: Lesson, exercise: str, edits: tuple[Edit, ...], who: str) -> str:
    """The solution cell of an exercise with edits made.

    Raises:
        KeyProblem: if a text to replace is not in the solution, so that no edit is ever silently lost.
    """
    source = lesson.solutions[exercise]
    for old, new in edits:
        if old not in source:
            raise KeyProblem(
                f"{who}: the text to replace is not in the solution of {exercise!r}: {old!r}",
                where=f"autograder/lessons/lesson_{lesson.name[:2]}/misconceptions.py",
                fix="Write the edit anew for the solution as it stands.",
            )
        source = source.replace(old, new)
    return source


def wrong_source(lesson: Lesson, wrong: Wrong) -> str:
    """The solution cell as a student with that misconception would have written it."""
    who = wrong.misconception.id
    if wrong.number is not None:
        return f"{lesson.answers[wrong.exercise]} = {wrong.number!r}"
    return wrong.code or edit(lesson, wrong.exercise, wrong.edits, who)


def uses(lesson: Lesson, exercise: str, other: str) -> bool:
    """Does one exercise's solution call another's? In place of a default the probe hands in its own."""
    tree = ast.parse(lesson.solutions[exercise])
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            function.args.defaults = []
    return any(isinstance(node, ast.Name) and node.id == other for node in ast.walk(tree))


def build(exercise: Exercise, seed: int, digest: str) -> AnswerKey:
    """Probe the solution, its variants and all misconceptions of an exercise.

    Raises:
        KeyProblem: if they cannot be told apart as they should.
    """
    lesson = read(exercise.lesson)
    if exercise.id not in lesson.answers:
        raise KeyProblem(
            f"No test cell of {lesson.name} checks {exercise.id!r}.",
            where=f"solutions/{lesson.name}/{lesson.name}.py",
            fix=f'Add a cell `check("{exercise.id}", ...)` with grade_id "{CHECK_PREFIX}{exercise.id}".',
        )
    known, variants = misconceptions.of_lesson(lesson.name)
    right_evidence = probe(exercise, answer(lesson, exercise.id), seed)
    key = AnswerKey(exercise.id, seed, digest, tuple(right(exercise, lesson, variants, right_evidence, seed)))
    require_right(exercise, right_evidence, key, "the solution")
    found: list[tuple[Misconception, Evidence]] = []
    for misconception, evidence in wrong_evidence(exercise, lesson, known, seed):
        entry = keep(exercise, misconception.id, evidence, right=False)
        verdict = judge(exercise, evidence, key)
        own = "." not in misconception.id
        if verdict.passed or verdict.misconception:
            if own:
                same = (
                    f"is taken for {verdict.misconception!r}" if verdict.misconception else "gets full points"
                )
                raise KeyProblem(
                    f"{exercise.id}: the misconception {misconception.id!r} {same}.",
                    where=f"autograder/lessons/lesson_{lesson.name[:2]}/misconceptions.py",
                    fix="make it another mistake, take it out, or add a criterion that sees it",
                )
            key = share(key, verdict.misconception, misconception.id.split(".")[0])
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


def share(key: AnswerKey, taken: str | None, cause: str) -> AnswerKey:
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


def probe(exercise: Exercise, given: Any, seed: int) -> Evidence:
    return exercise.probe.run(exercise.id, given, seed)


def keep(exercise: Exercise, id: str, evidence: Evidence, right: bool) -> Expected:
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


def right(
    exercise: Exercise, lesson: Lesson, variants: tuple[Variant, ...], evidence: Evidence, seed: int
) -> Iterator[Expected]:
    """The solution, its legitimate variants, and the same without some biases (an answer may have none)."""
    yield keep(exercise, SOLUTION, evidence, right=True)
    sources = {SOLUTION: lesson.solutions.get(exercise.id, "")}
    for variant in variants:
        if variant.exercise == exercise.id:
            sources[variant.id] = edit(lesson, exercise.id, variant.edits, variant.id)
            given = answer(lesson, exercise.id, {exercise.id: sources[variant.id]})
            yield keep(exercise, variant.id, probe(exercise, given, seed), right=True)
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
                yield keep(exercise, f"{name}-without-bias-{tag}", Evidence(exercise.id, only), right=True)


def wrong_evidence(
    exercise: Exercise, lesson: Lesson, known: tuple[Wrong, ...], seed: int
) -> Iterator[tuple[Misconception, Evidence]]:
    """Evidence of the exercise's own misconceptions, then of those of the exercises it builds on."""
    for wrong in known:
        if wrong.exercise == exercise.id:
            given = answer(lesson, exercise.id, {wrong.exercise: wrong_source(lesson, wrong)})
            yield wrong.misconception, probe(exercise, given, seed)
    for wrong in known:
        if wrong.exercise != exercise.id and uses(lesson, exercise.id, wrong.exercise):
            given = answer(lesson, exercise.id, {wrong.exercise: wrong_source(lesson, wrong)})
            inherited = replace(
                wrong.misconception,
                id=f"{wrong.exercise}.{wrong.misconception.id}",
                title=f"The cause lies in `{wrong.exercise}`: {wrong.misconception.title}",
                next_step=f"Mend `{wrong.exercise}` first, then run this check again.",
            )
            yield inherited, probe(exercise, given, seed)


def require_right(exercise: Exercise, evidence: Evidence, key: AnswerKey, who: str) -> None:
    verdict = judge(exercise, evidence, key)
    if not verdict.passed:
        raise KeyProblem(
            f"{exercise.id}: {who} gets {verdict.points:g} of {verdict.max_points:g} points. "
            f"{verdict.headline} {verdict.hint}",
            where=f"solutions/{exercise.lesson}/{exercise.lesson}.py",
            fix="Mend the solution, or the exercise's probe and criteria.",
        )


# What a key depends on ------------------------------------------------------------------------------------


def sources(exercise: Exercise) -> dict[str, str]:
    """What a key is made from, each with a digest of it: checks, specification, misconceptions, solutions."""
    lesson = read(exercise.lesson)
    number = exercise.lesson[:2]
    package = Path(checks.__file__).parent
    shared = [
        file for file in sorted(package.glob("*.py")) if file.name not in ("card.py", "common_errors.py")
    ] + [package / "exercises" / "shared.py"]
    specification = package / "exercises" / f"lesson_{number}.py"
    wrong = misconceptions.LESSONS / f"lesson_{number}" / "misconceptions.py"
    solved = (lesson.imports, *lesson.solutions.values(), *lesson.answers.values())
    return {
        "course_lib/checks/*.py": _digest(file.read_bytes() for file in shared),
        f"course_lib/checks/exercises/{specification.name}": _digest([specification.read_bytes()]),
        f"autograder/lessons/lesson_{number}/misconceptions.py": _digest([wrong.read_bytes()]),
        f"the solutions of {exercise.lesson}": _digest(part.encode() for part in solved),
    }


def _digest(parts: Iterable[bytes]) -> str:
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(part)
    return hasher.hexdigest()[:8]


def digest(exercise: Exercise) -> str:
    """Changes with any of the sources; each has its own part of it, so that a key can say which changed."""
    return "-".join(sources(exercise).values())


def why_stale(path: Path, exercise: Exercise, seeds: list[int]) -> str:
    """Why there is no readable key here made from today's sources with one of the seeds; "" if there is."""
    try:
        key = load(path)
    except KeyMissing:
        return "missing" if not path.exists() else "not readable"
    if key.seed not in seeds:
        return "made for another class"
    today, then = sources(exercise), key.digest.split("-")
    if len(then) != len(today):
        return "made by an older version"
    changed = [name for (name, now), before in zip(today.items(), then, strict=True) if now != before]
    return f"changed: {', '.join(changed)}" if changed else ""


def ensure(
    exercises: list[Exercise],
    folder: Path,
    seeds_of: Callable[[str], list[int]],
    check: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> dict[Path, str]:
    """Make the keys that are missing or out of date in a folder; with `check`, only say which, and why.

    seeds_of: seeds a key may have, by exercise; the first that tells all misconceptions apart is taken.
    say: is told which key is being made; all of them take minutes.
    """
    stale = {}
    for exercise in exercises:
        path = folder / f"{exercise.id}.npz"
        if why := why_stale(path, exercise, seeds_of(exercise.id)):
            stale[path] = why
    if stale and not check:
        load_tensorflow()
        folder.mkdir(parents=True, exist_ok=True)
        for number, path in enumerate(stale, 1):
            say(f"answer key {number} of {len(stale)}: {path.stem}")
            exercise = find_exercise(path.stem)
            partial = path.with_suffix(f".{os.getpid()}.partial")
            with warnings.catch_warnings():  # Keras warns of some mistakes that are made here on purpose
                warnings.simplefilter("ignore")
                partial.write_bytes(save(build_from(exercise, seeds_of(exercise.id))))
            partial.replace(path)
    return stale


def build_from(exercise: Exercise, seeds: list[int]) -> AnswerKey:
    """A key from the first of the seeds that gives one; raises the last seed's KeyProblem when none does."""
    *others, last = seeds
    for seed in others:
        with contextlib.suppress(KeyProblem):
            return build(exercise, seed, digest(exercise))
    return build(exercise, last, digest(exercise))


# Public keys ----------------------------------------------------------------------------------------------


def build_public_keys(check: bool = False, say: Callable[[str], None] = lambda _: None) -> dict[Path, str]:
    """Bring the keys that ship with the course up to date; returns the files that were not, and why."""
    exercises = list(all_exercises().values())
    stale = ensure(exercises, PUBLIC_KEYS, lambda _: [PUBLIC_SEED], check, say)
    known = {f"{exercise.id}.npz" for exercise in exercises}
    for path in PUBLIC_KEYS.glob("*.npz"):
        if path.name not in known:
            stale[path] = "left over: no exercise has this name"
            if not check:
                path.unlink()
    return stale
