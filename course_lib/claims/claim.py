"""What a ledger holds: experiments, and the sentences that rest on them."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

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
    unit: str = ""
    digits: int = 2


def lesson_functions(lesson: str, *names: str, **given: Any) -> tuple[Callable[..., Any], ...]:
    """Functions of a lesson's solution, so that a claim measures what the lesson shows and copies nothing.

    Runs the imports of `solutions/LESSON/LESSON.py`, the functions asked for and those they call, and none of
    its other lines; `given` holds the variables of the lesson that these functions use. Write `lesson` and
    `names` as plain strings: the digest of the claim's sources reads them. LookupError if the lesson has no
    such function.
    """
    source = project_root() / "solutions" / lesson / f"{lesson}.py"
    tree = ast.parse(source.read_text(encoding="utf-8"))
    functions = {s.name: s for s in tree.body if isinstance(s, ast.FunctionDef)}
    if missing := [name for name in names if name not in functions]:
        raise LookupError(f"{source} defines no function {', '.join(missing)}.")
    needed: set[str] = set()
    queue = list(names)
    while queue:
        needed.add(name := queue.pop())
        used = {node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)}
        queue += used & functions.keys() - needed
    kept: list[ast.stmt] = [s for s in tree.body if isinstance(s, ast.Import | ast.ImportFrom)]
    kept += [functions[name] for name in sorted(needed)]
    namespace: dict[str, Any] = {"__name__": lesson}
    exec(compile(ast.Module(kept, []), str(source), "exec"), namespace)
    namespace |= given
    return tuple(namespace[name] for name in names)
