"""Tests that criteria are built from. Each looks at evidence and key, and returns None or one sentence.

NumPy only. Rank does not matter: axes of size 1 are dropped before anything is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from course_lib.checks.answer_key import fingerprint, matches, seal_of, squeezed
from course_lib.checks.behaviour import PART, PREFIX
from course_lib.checks.evidence import Array
from course_lib.checks.exercise import Look

Test = Callable[[Look], str | None]


def of_case(names: Iterable[str], case: str) -> list[str]:
    """The array names that belong to one case (`plain`), or the one that has this name (`raw/mean`)."""
    return [name for name in names if name == case or name.startswith(f"{case}/")]


def equals_key(look: Look, case: str) -> bool:
    """Do all arrays of a case equal those of one legitimate variant?"""
    seen = look.evidence.arrays
    return any(
        (wanted := of_case(variant.arrays, case))
        and all(name in seen and matches(name, seen[name], variant) for name in wanted)
        for variant in look.key.right
    )


def comparable(look: Look, case: str) -> bool:
    """Could the known weights be matched to the answer's by shape? If not, numbers say nothing."""
    wanted = look.key.right[0].facts.get(case)
    if not isinstance(wanted, dict) or "kernels" not in wanted:
        return True  # a plain function
    seen = look.evidence.facts.get(case)
    return isinstance(seen, dict) and seen.get("kernels") == wanted["kernels"]


def extra_values(look: Look, case: str) -> str | None:
    """Says so when the answer learns numbers that are neither kernels nor biases of their outputs."""
    seen = look.evidence.facts.get(case)
    if not isinstance(seen, dict):
        return None
    outputs = sum(max(block) if len(block) == 2 else block[-1] for block in seen.get("kernels", []))
    extra = seen.get("others", 0) + max(0, sum(seen.get("biases", [])) - outputs)
    return f"the block learns {extra} numbers more than the equation has" if extra else None


def difference(look: Look, case: str) -> str:
    """How the arrays of a case differ from the solution's, in a sentence with numbers."""
    solution = look.key.right[0]
    for name in of_case(solution.arrays, case):
        if name not in look.evidence.arrays:
            return "no values came back to compare"
        seen, target = look.evidence.arrays[name], solution.arrays[name]
        if squeezed(seen.shape) != solution.shapes[name]:
            return wrong_shape(solution.shapes[name], seen)
        if not np.isfinite(np.asarray(seen, np.float64)).all():
            return "the output has values that are not finite (NaN or infinity)"
        if not matches(name, seen, solution):
            saw, wanted = range_text(seen), range_text(target)
            return f"{saw}, expected {wanted}" if saw != wanted else f"{saw} as expected, but in other places"
    return "the numbers differ from those of the equation"


def wrong_shape(target: Iterable[int], seen: Array, rank: int | None = None) -> str:
    """Expected shape and shape seen; when only the axes of size 1 differ, their number is wrong."""
    if squeezed(seen.shape) == list(target):
        return f"expected {rank} axes, got {seen.ndim}: shape {shape_text(seen.shape)}"
    return f"expected shape {shape_text(target)}, got {shape_text(seen.shape)}"


def shape_text(shape: Iterable[int]) -> str:
    sizes = [str(int(size)) for size in shape]
    return f"({', '.join(sizes)})" if sizes else "of a single number"


def range_text(array: Array) -> str:
    flat = np.asarray(array, np.float64).ravel()
    if flat.size < 2:
        return f"the value {flat[0]:.6g}" if flat.size else "no values"
    return f"values from {flat.min():.3g} to {flat.max():.3g}"


def numbers(*cases: str, relative: float | None = None) -> Test:
    """The outputs equal the key's; `relative` asks for more than float32 layers can give, of the range.

    Weights that cannot be matched with the equation's by shape are not judged by their numbers: the answer is
    refused, and the message says that this is why.
    """

    def test(look: Look) -> str | None:
        for case in cases:
            if problem := extra_values(look, case):
                return problem
            if not equals_key(look, case) or (relative is not None and not near(look, case, relative)):
                return difference(look, case) if comparable(look, case) else unmatched(look, case)
        return None

    return test


def near(look: Look, case: str, relative: float) -> bool:
    """Do all arrays of a case lie within a part of the range of the solution's?"""
    solution = look.key.right[0]
    for name in of_case(solution.arrays, case):
        target = np.asarray(solution.arrays[name], np.float64).ravel()
        seen = np.asarray(look.evidence.arrays[name], np.float64)
        if seen.size != target.size:
            seen = fingerprint(name, seen, target.size)
        if np.max(np.abs(seen.ravel() - target)) > relative * np.max(np.abs(target)):
            return False
    return True


def unmatched(look: Look, case: str) -> str:
    """Why the numbers of an answer could not be compared."""
    seen, wanted = look.evidence.facts.get(case), look.key.right[0].facts[case]
    if not isinstance(seen, dict):
        return "no values came back to compare"
    found, asked = (counted(facts["kernels"]) for facts in (seen, wanted))
    return f"the weights cannot be matched with the equation's: found {found}, expected {asked}"


def counted(blocks: Iterable[Iterable[int]]) -> str:
    """Shapes in words, each once: "12 × (3, 3, 18), (12, 6)"."""
    count = Counter(shape_text(block) for block in blocks)
    return ", ".join(f"{n} × {shape}" if n > 1 else shape for shape, n in count.items()) or "none"


def the_number(look: Look) -> str | None:
    """The answered number is the key's, which the key knows only by its seal."""
    if "value" not in look.evidence.arrays:
        return "no number came back"
    facts = look.key.right[0].facts
    if seal_of(look.evidence, facts) == facts["seal"]:
        return None
    return f"{float(look.evidence.arrays['value'].ravel()[0]):g} is not it"


def has_shape(case: str, part: str = "output", rank: int | None = None) -> Test:
    """The output has the key's shape, size-1 axes aside; `rank` also fixes the number of axes."""

    def test(look: Look) -> str | None:
        name = f"{case}/{part}"
        if name not in look.evidence.arrays:
            return "nothing came back"
        target, seen = look.key.right[0].shapes[name], look.evidence.arrays[name]
        if squeezed(seen.shape) != target or (rank is not None and seen.ndim != rank):
            return wrong_shape(target, seen, rank)
        if seen.dtype.kind == "f" and not np.isfinite(seen).all():
            return "the output has values that are not finite (NaN or infinity)"
        return None

    return test


def probabilities(look: Look, case: str = "plain") -> str | None:
    """(N, classes) numbers between 0 and 1 that add up to 1 in each row."""
    if problem := has_shape(case)(look):
        return problem
    output = np.asarray(look.evidence.arrays[f"{case}/output"], np.float64)
    if output.min() < 0 or np.abs(output.sum(axis=-1) - 1).max() > 1e-4:
        low, high = output.sum(axis=-1).min(), output.sum(axis=-1).max()
        return f"the outputs of an image add up to {low:.3g} to {high:.3g}, not to 1"
    return None


def every(*tests: Test) -> Test:
    """All tests hold; the first that does not speaks."""

    def test(look: Look) -> str | None:
        return next((problem for t in tests if (problem := t(look))), None)

    return test


HABITS = {
    "independent": "the result for one image changes with the other images of the batch",
    "repeatable": "the result differs in training mode, or from call to call",
    "trained": "no gradient reaches some of the weights",
    "float32": "the output is not float32",
    "named": "a layer with weights does not carry the `name` that was passed in",
    "twice": "using the function twice in one model fails: layer names collide",
    "fresh": "two calls share weights; each call should make layers of its own",
    "input_kept": "the function changes the array it was given",
    "normalised": "batch normalisation stands in other places, or more or less often, than in the equation",
    "start": "before any training, with its layers' first weights, it gives something else than it should",
}
# What a probe shows in numbers (see `manner.shown`), and what it means when those are not the solution's.
SHOWN = {
    "part": HABITS["independent"],
    "training": HABITS["repeatable"],
    "gradient": "no gradient, or another, passes through the function",
    "kernels": HABITS["trained"],
    "first": "two uses in one model do not keep to their own weights",
    "second": "two uses in one model do not keep to their own weights",
    "start": HABITS["start"],
}


def habits(look: Look) -> dict[str, bool]:
    """An answer's habits, good (True) or bad, as far as they can be seen; its numbers may be wrong."""
    arrays, told = look.evidence.arrays, look.evidence.facts.get("habits")
    seen = {habit: told[habit] is True for habit in HABITS if isinstance(told, dict) and habit in told}
    if (normalised := _normalised(look)) is not None:
        seen["normalised"] = normalised
    if f"{PREFIX}start" in look.key.right[0].arrays:
        seen["start"] = equals_key(look, f"{PREFIX}start")
    output = arrays.get(next(iter(look.key.right[0].arrays), ""))
    part, training = arrays.get("manner/part"), arrays.get("manner/training")
    if output is None or part is None or training is None:
        return seen
    return seen | {
        "independent": alike(part, output[PART] if output.ndim else output),
        "repeatable": alike(part, training),
        "float32": output.dtype == np.float32,
    }


def _normalised(look: Look) -> bool | None:
    """Has every case as much batch normalisation as a legitimate variant? None where none of them has any."""
    seen = {case: fact["normalised"] for case, fact in look.evidence.facts.items() if _is_model(fact)}
    wanted = [
        {case: fact["normalised"] for case, fact in variant.facts.items() if _is_model(fact)}
        for variant in look.key.right
    ]
    if not seen or not any(sum(each.values()) for each in wanted):
        return None
    return any(seen.items() <= each.items() for each in wanted)


def not_normalised(look: Look) -> str | None:
    """No batch normalisation of the answer's own: where the equation has none, it would undo what it says."""
    facts = look.evidence.facts.values()
    found = any(fact["normalised"] for fact in facts if _is_model(fact))
    return "there is a batch normalisation, and the equation has none" if found else None


def _is_model(fact: Any) -> bool:
    return isinstance(fact, dict) and "normalised" in fact


def alike(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, atol=1e-5, equal_nan=True))


def good_habits(look: Look) -> str | None:
    """The answer behaves well beyond its numbers: names, fresh layers, gradients, no side effects.

    Its word is not taken for it: the numbers that show it must be those of the solution.
    """
    for habit, good in habits(look).items():
        if not good:
            return HABITS[habit]
    if equals_key(look, "manner"):
        return None
    for name in of_case(look.key.right[0].arrays, "manner"):
        if not equals_key(look, name):
            return SHOWN.get(name.removeprefix(PREFIX), HABITS["input_kept"])
    return "this could not be looked at"
