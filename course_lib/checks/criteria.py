"""Tests that criteria are built from.

A test takes a `Look`, evidence beside the answer key, and returns None where it holds, or else one sentence
with what was seen and what was expected. NumPy only. Axes of size 1 are dropped before anything is compared:
whether a descriptor is (N, C) or (N, 1, 1, C) is a matter of style.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from course_lib.checks.answer_key import fingerprint, matches, seal_of, squeezed
from course_lib.checks.evidence import BATCH_PART, BEHAVIOUR, BEHAVIOUR_FACT, Array
from course_lib.checks.exercise import Look

Test = Callable[[Look], str | None]


def _of_case(names: Iterable[str], case: str) -> list[str]:
    """Return the array names that belong to one case (`plain`), or the one with this name (`raw/mean`)."""
    return [name for name in names if name == case or name.startswith(f"{case}/")]


def equals_key(look: Look, case: str) -> bool:
    """Whether all arrays of a case equal those of one legitimate variant.

    All of one: a mixture of two variants is no legitimate answer.
    """
    seen = look.evidence.arrays
    return any(
        (wanted := _of_case(variant.arrays, case))
        and all(name in seen and matches(name, seen[name], variant) for name in wanted)
        for variant in look.key.right
    )


def _comparable(look: Look, case: str) -> bool:
    """Whether the known weights could be matched to the answer's by shape; if not, numbers say nothing."""
    wanted = look.key.right[0].facts.get(case)
    if not isinstance(wanted, dict) or "kernels" not in wanted:
        return True  # a plain function
    seen = look.evidence.facts.get(case)
    return isinstance(seen, dict) and seen.get("kernels") == wanted["kernels"]


def _extra_values(look: Look, case: str) -> str | None:
    """Return a sentence if the answer learns numbers that are neither kernels nor biases of their outputs.

    Such numbers can be set so that they change nothing in the probe, and anything after training.
    """
    seen = look.evidence.facts.get(case)
    if not isinstance(seen, dict):
        return None
    outputs = sum(max(block) if len(block) == 2 else block[-1] for block in seen.get("kernels", []))
    extra = seen.get("others", 0) + max(0, sum(seen.get("biases", [])) - outputs)
    return f"the block learns {extra} numbers more than the equation has" if extra else None


def _difference(look: Look, case: str) -> str:
    """Say how the arrays of a case differ from the solution's, in a sentence with numbers."""
    solution = look.key.right[0]
    for name in _of_case(solution.arrays, case):
        if name not in look.evidence.arrays:
            return "no values came back to compare"
        seen, target = look.evidence.arrays[name], solution.arrays[name]
        if squeezed(seen.shape) != solution.shapes[name]:
            return _wrong_shape(solution.shapes[name], seen)
        if not np.isfinite(np.asarray(seen, np.float64)).all():
            return "the output has values that are not finite (NaN or infinity)"
        if not matches(name, seen, solution):
            saw, wanted = _range_text(seen), _range_text(target)
            return f"{saw}, expected {wanted}" if saw != wanted else f"{saw} as expected, but in other places"
    return "the numbers differ from those of the equation"


def _wrong_shape(target: Iterable[int], seen: Array, rank: int | None = None) -> str:
    """Say which shape was expected and which seen, or the number of axes where only size-1 axes differ."""
    if squeezed(seen.shape) == list(target):
        return f"expected {rank} axes, got {seen.ndim}: shape {_shape_text(seen.shape)}"
    return f"expected shape {_shape_text(target)}, got {_shape_text(seen.shape)}"


def _shape_text(shape: Iterable[int]) -> str:
    sizes = [str(int(size)) for size in shape]
    return f"({', '.join(sizes)})" if sizes else "of a single number"


def _range_text(array: Array) -> str:
    flat = np.asarray(array, np.float64).ravel()
    if flat.size < 2:
        return f"the value {flat[0]:.6g}" if flat.size else "no values"
    return f"values from {flat.min():.3g} to {flat.max():.3g}"


def numbers(*cases: str, relative: float | None = None) -> Test:
    """Return a test that the outputs of these cases equal the key's.

    Weights that cannot be matched with the equation's by shape make any comparison of numbers meaningless:
    the test then fails, and its message says why.

    Args:
        cases: Names of cases, such as "plain", or of single arrays, such as "raw/mean".
        relative: A tolerance as a share of the target's range, for plain functions, which can be more exact
            than float32 layers; None for the usual tolerance of the key alone.
    """

    def test(look: Look) -> str | None:
        for case in cases:
            if problem := _extra_values(look, case):
                return problem
            if not equals_key(look, case) or (relative is not None and not _near(look, case, relative)):
                return _difference(look, case) if _comparable(look, case) else _unmatched(look, case)
        return None

    return test


def _near(look: Look, case: str, relative: float) -> bool:
    """Whether all arrays of a case differ from the solution's by at most this share of its largest value."""
    solution = look.key.right[0]
    for name in _of_case(solution.arrays, case):
        target = np.asarray(solution.arrays[name], np.float64).ravel()
        seen = np.asarray(look.evidence.arrays[name], np.float64)
        if seen.size != target.size:
            seen = fingerprint(name, seen, target.size)
        if np.max(np.abs(seen.ravel() - target)) > relative * np.max(np.abs(target)):
            return False
    return True


def _unmatched(look: Look, case: str) -> str:
    """Say why the numbers of an answer could not be compared."""
    seen, wanted = look.evidence.facts.get(case), look.key.right[0].facts[case]
    if not isinstance(seen, dict):
        return "no values came back to compare"
    found, asked = (_counted(facts["kernels"]) for facts in (seen, wanted))
    return f"the weights cannot be matched with the equation's: found {found}, expected {asked}"


def _counted(blocks: Iterable[Iterable[int]]) -> str:
    """Return shapes in words, each once: "12 × (3, 3, 18), (12, 6)"."""
    count = Counter(_shape_text(block) for block in blocks)
    return ", ".join(f"{n} × {shape}" if n > 1 else shape for shape, n in count.items()) or "none"


def the_number(look: Look) -> str | None:
    """Test that the answered number is the key's, which the key knows only by its seal."""
    if "value" not in look.evidence.arrays:
        return "no number came back"
    facts = look.key.right[0].facts
    if seal_of(look.evidence, facts) == facts["seal"]:
        return None
    return f"{float(look.evidence.arrays['value'].ravel()[0]):g} is not it"


def has_shape(case: str, part: str = "output", rank: int | None = None) -> Test:
    """Return a test that an array has the key's shape, size-1 axes aside, and is finite.

    Args:
        case: Name of the case.
        part: Name of the array in the case.
        rank: The exact number of axes, where the exercise fixes it.
    """

    def test(look: Look) -> str | None:
        name = f"{case}/{part}"
        if name not in look.evidence.arrays:
            return "nothing came back"
        target, seen = look.key.right[0].shapes[name], look.evidence.arrays[name]
        if squeezed(seen.shape) != target or (rank is not None and seen.ndim != rank):
            return _wrong_shape(target, seen, rank)
        if seen.dtype.kind == "f" and not np.isfinite(seen).all():
            return "the output has values that are not finite (NaN or infinity)"
        return None

    return test


def probabilities(look: Look, case: str = "plain") -> str | None:
    """Test that the output is (N, classes) numbers between 0 and 1 that add up to 1 in each row."""
    if problem := has_shape(case)(look):
        return problem
    output = np.asarray(look.evidence.arrays[f"{case}/output"], np.float64)
    if output.min() < 0 or np.abs(output.sum(axis=-1) - 1).max() > 1e-4:
        low, high = output.sum(axis=-1).min(), output.sum(axis=-1).max()
        return f"the outputs of an image add up to {low:.3g} to {high:.3g}, not to 1"
    return None


def every(*tests: Test) -> Test:
    """Return a test that all tests hold; the message is that of the first that does not."""

    def test(look: Look) -> str | None:
        return next((problem for t in tests if (problem := t(look))), None)

    return test


# What can be wrong with an answer's behaviour, and the sentence for it. The names are part of answer keys.
BEHAVIOURS = {
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
# Arrays of `behaviour.measured_behaviour`, and what it means when they are not the solution's.
_MEASURED = {
    "part": BEHAVIOURS["independent"],
    "training": BEHAVIOURS["repeatable"],
    "gradient": "no gradient, or another, passes through the function",
    "kernels": BEHAVIOURS["trained"],
    "first": "two uses in one model do not keep to their own weights",
    "second": "two uses in one model do not keep to their own weights",
    "start": BEHAVIOURS["start"],
}


def behaviour_of(look: Look) -> dict[str, bool]:
    """Return which behaviours of an answer are good (True) or bad, as far as they can be seen.

    Seen without comparing numbers with the key's wherever possible, so that a misconception is recognised by
    its behaviour although its numbers are wrong.
    """
    arrays, reported = look.evidence.arrays, look.evidence.facts.get(BEHAVIOUR_FACT)
    seen = {
        name: reported[name] is True for name in BEHAVIOURS if isinstance(reported, dict) and name in reported
    }
    if (normalised := _normalised(look)) is not None:
        seen["normalised"] = normalised
    if f"{BEHAVIOUR}start" in look.key.right[0].arrays:
        seen["start"] = equals_key(look, f"{BEHAVIOUR}start")
    output = arrays.get(next(iter(look.key.right[0].arrays), ""))
    part, training = arrays.get(f"{BEHAVIOUR}part"), arrays.get(f"{BEHAVIOUR}training")
    if output is None or part is None or training is None:
        return seen
    return seen | {
        "independent": _alike(part, output[BATCH_PART] if output.ndim else output),
        "repeatable": _alike(part, training),
        "float32": output.dtype == np.float32,
    }


def _normalised(look: Look) -> bool | None:
    """Whether every case has as much batch normalisation as a legitimate variant; None where none has any."""
    seen = {case: fact["normalised"] for case, fact in look.evidence.facts.items() if _is_model(fact)}
    wanted = [
        {case: fact["normalised"] for case, fact in variant.facts.items() if _is_model(fact)}
        for variant in look.key.right
    ]
    if not seen or not any(sum(each.values()) for each in wanted):
        return None
    return any(seen.items() <= each.items() for each in wanted)


def not_normalised(look: Look) -> str | None:
    """Test that the answer has no batch normalisation: where the equation has none, it would undo it."""
    facts = look.evidence.facts.values()
    found = any(fact["normalised"] for fact in facts if _is_model(fact))
    return "there is a batch normalisation, and the equation has none" if found else None


def _is_model(fact: Any) -> bool:
    return isinstance(fact, dict) and "normalised" in fact


def _alike(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, atol=1e-5, equal_nan=True))


def behaves_well(look: Look) -> str | None:
    """Test that the answer behaves well beyond its numbers: names, fresh layers, gradients, no side effects.

    Reported behaviour can fail this test and never pass it: to pass, measured behaviour must be that of the
    solution (see `behaviour`).
    """
    for name, good in behaviour_of(look).items():
        if not good:
            return BEHAVIOURS[name]
    case = BEHAVIOUR.rstrip("/")
    if equals_key(look, case):
        return None
    for name in _of_case(look.key.right[0].arrays, case):
        if not equals_key(look, name):
            return _MEASURED.get(name.removeprefix(BEHAVIOUR), BEHAVIOURS["input_kept"])
    return "this could not be looked at"
