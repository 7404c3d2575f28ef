"""Which answer keys are out of date, why, and how they are brought up to date.

A key holds a digest of all that it is made from, so that making it, which takes seconds, is done only when
one of these changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

from autograder.keys import misconceptions
from autograder.keys.answer_keys import build
from autograder.keys.lesson_solutions import KeyProblem, read
from course_lib import checks
from course_lib.checks.answer_key import PUBLIC_KEYS, PUBLIC_SEED, AnswerKey, KeyMissing, load, save
from course_lib.checks.exercise import Exercise, all_exercises, find_exercise
from course_lib.session import load_tensorflow


def sources(exercise: Exercise) -> dict[str, str]:
    """What a key is made from, each with a digest of it: checks, specification, misconceptions, solutions."""
    lesson = read(exercise.lesson)
    number = exercise.lesson[:2]
    package = Path(checks.__file__).parent
    shared = [
        file for file in sorted(package.glob("*.py")) if file.name not in ("card.py", "common_errors.py")
    ]
    shared.append(package / "exercises" / "shared.py")
    specification = package / "exercises" / f"lesson_{number}.py"
    # All of the lesson's: an exercise inherits the misconceptions of those that it builds on.
    wrong = sorted(misconceptions.LESSONS.glob(f"lesson_{number}/*/misconceptions.py"))
    solved = (lesson.imports, *lesson.solutions.values(), *lesson.answers.values())
    return {
        "course_lib/checks/*.py": _digest(file.read_bytes() for file in shared),
        f"course_lib/checks/exercises/{specification.name}": _digest([specification.read_bytes()]),
        f"autograder/lessons/lesson_{number}/*/misconceptions.py": _digest(map(Path.read_bytes, wrong)),
        f"the solutions of {exercise.lesson}": _digest(part.encode() for part in solved),
    }


def _digest(parts: Iterable[bytes]) -> str:
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(part)
    return hasher.hexdigest()[:8]


def _digest_of_sources(exercise: Exercise) -> str:
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


def ensure_keys(
    exercises: list[Exercise],
    folder: Path,
    seeds_of: Callable[[str], list[int]],
    check: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> dict[Path, str]:
    """Make the keys that are missing or out of date in a folder.

    Args:
        seeds_of: The seeds that the key of an exercise may have. The first that tells all misconceptions
            apart is taken.
        check: Make none, only say which.
        say: Is told which key is being made; all of them take minutes.

    Returns:
        The keys that were missing or out of date, and why.
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
                partial.write_bytes(save(_build_from(exercise, seeds_of(exercise.id))))
            partial.replace(path)
    return stale


def _build_from(exercise: Exercise, seeds: list[int]) -> AnswerKey:
    """A key from the first of the seeds that gives one.

    Raises:
        KeyProblem: Of the last seed, when none of them gives a key.
    """
    *others, last = seeds
    for seed in others:
        with contextlib.suppress(KeyProblem):
            return build(exercise, seed, _digest_of_sources(exercise))
    return build(exercise, last, _digest_of_sources(exercise))


def build_public_keys(check: bool = False, say: Callable[[str], None] = lambda _: None) -> dict[Path, str]:
    """Bring the keys that ship with the course up to date; returns the files that were not, and why."""
    exercises = list(all_exercises().values())
    stale = ensure_keys(exercises, PUBLIC_KEYS, lambda _: [PUBLIC_SEED], check, say)
    known = {f"{exercise.id}.npz" for exercise in exercises}
    for path in PUBLIC_KEYS.glob("*.npz"):
        if path.name not in known:
            stale[path] = "left over: no exercise has this name"
            if not check:
                path.unlink()
    return stale
