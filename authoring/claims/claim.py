"""What a ledger holds: experiments, and the sentences that rest on them."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from authoring.claims.definitions import definitions, is_import, names_used
from course_lib.paths import project_root
from course_lib.session import Session

EXPECTED = ("higher", "lower", "no detectable difference")


@dataclass(frozen=True)
class Experiment:
    """Runs of several variants over paired seeds; its results are `claims/results/lesson_NN/ID.jsonl`.

    Attributes:
        id: A plain name, unique in its lesson.
        variants: What is compared.
        seeds: At least five; each is run with every variant.
        run: Called with a variant, a seed and the session; returns the measures by name. A function defined
            in the same file: the digest of its code decides whether a stored result is still fresh.
        data: Returns the digest of the images used, in a second or so: each look at the results compares it
            with theirs. Images from `course_lib.data.fashion_mnist` are not downloaded for that.
        profile: The profile the session has.
    """

    id: str
    variants: tuple[str, ...]
    seeds: tuple[int, ...]
    run: Callable[[str, int, Session], Mapping[str, float]]
    data: Callable[[], str]
    profile: str = "quick"


@dataclass(frozen=True)
class Claim:
    """One quantitative sentence of a lesson.

    Attributes:
        id: A plain name, unique in its lesson.
        sentence: What the lesson claims, in words; no number.
        experiment: What was run.
        metric: Which of its measures.
        variant: The variant the sentence is about.
        against: The variant it is compared with, a fixed number such as chance, or None to show a mean alone.
        expected: What the sentence says of variant and against: "higher", "lower" or "no detectable
            difference". A result that says otherwise fails the build.
        at_least, at_most: For a mean alone, which needs one of them or both: what the sentence says of it, as
            the metric is stored. The whole interval has to keep to it, else the build fails.
        unit: "" shows the metric as it is, "%" as a percentage.
        digits: How many decimals are shown.
    """

    id: str
    sentence: str
    experiment: Experiment
    metric: str
    variant: str
    against: str | float | None = None
    expected: str = "higher"
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""
    digits: int = 2


def from_lesson(lesson: str, *names: str, **given: Any) -> tuple[Any, ...]:
    """Functions and values of a lesson's solution, so that a claim measures what the lesson shows.

    Runs the imports of `solutions/LESSON/LESSON.py`, the definitions asked for and those they rest on, and
    none of its other lines. `given` holds variables to use in place of the lesson's own, such as its session.
    Write `lesson` and `names` as plain strings: the digest of the claim's sources reads them. LookupError if
    the lesson does not define such a name; ValueError if it defines one of them twice, or if they rest on the
    lesson's `setup`: it would set all seeds to the lesson's own.
    """
    source = project_root() / "solutions" / lesson / f"{lesson}.py"
    tree = ast.parse(source.read_text(encoding="utf-8"))
    known = definitions(tree)
    if missing := [name for name in names if name not in known]:
        raise LookupError(f"{source} does not define {', '.join(missing)}.")
    needed: list[ast.stmt] = []
    queue = [name for name in names if name not in given]
    while queue:
        name = queue.pop()
        found = [statement for statement in known[name] if not is_import(statement)]
        if len(found) > 1:
            lines = " and ".join(str(statement.lineno) for statement in found)
            raise ValueError(f"{source} defines {name} in lines {lines}; give one of them another name.")
        for statement in found:
            if statement not in needed:
                needed.append(statement)
                queue += names_used(statement) & known.keys() - given.keys()
    if any(map(_sets_up, needed)):
        raise ValueError(f"What {source} defines rests on its session; hand one over: `session=session`.")
    namespace: dict[str, Any] = {"__name__": lesson}
    imports = [statement for statement in tree.body if is_import(statement)]
    exec(compile(ast.Module(imports, []), str(source), "exec"), namespace)
    namespace |= given
    needed.sort(key=lambda statement: statement.lineno)
    exec(compile(ast.Module(needed, []), str(source), "exec"), namespace)
    return tuple(namespace[name] for name in names)


def _sets_up(statement: ast.stmt) -> bool:
    """Does it call `setup`, or `course_lib.setup`?"""
    calls = (node.func for node in ast.walk(statement) if isinstance(node, ast.Call))
    return any("setup" in (getattr(called, "id", ""), getattr(called, "attr", "")) for called in calls)
