"""Lesson 09, attention on trial: a block of one's own, its control, and the steps of an honest experiment.

Nothing is trained here: the functions of the protocol are probed with made-up parts (`trial_scenes`), and no
points depend on whether a block helps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course_lib.checks.criteria import Test, behaves_well, every, has_shape, numbers
from course_lib.checks.evidence import BEHAVIOUR, Array, WrongReturn
from course_lib.checks.exercise import Criterion, Exercise, Look, Picture
from course_lib.checks.exercises.shared import quiz
from course_lib.checks.own_block_probe import OwnBlockProbe, block_is_free_of
from course_lib.checks.probe import Case, Draw, FunctionProbe, LayerProbe, kind_of_value
from course_lib.checks.protocol_probe import ProtocolProbe
from course_lib.checks.trial_scenes import (
    deviation_gate,
    gate_with_weights,
    map_with_weights,
    reading_scenes,
    register_scenes,
    run_scenes,
    split_flags,
    split_inputs,
    split_scenes,
    trial_scenes,
)

LESSON = "09_attention_on_trial"


# blind: the same attention, shown a map of ones -------------------------------------------------------------
_GIVEN = {"gates": gate_with_weights, "map": map_with_weights, "deviation": deviation_gate}


def _blind_cases(draw: Draw) -> tuple[Case, ...]:
    batch, height = draw.size(3, 4), draw.size(5, 6)
    width, channels = draw.size(7, 8), draw.size(9, 11)
    shape = (height, width, channels)
    return (
        Case("plain", shape, batch, ("gates",), kernels=((channels, channels),)),
        Case("map", shape, batch, ("map",), kernels=channels * ((3, 3, 1),)),
        Case("bare", shape, batch, ("deviation",)),
        Case("zeros", shape, batch, ("deviation", "rectified")),
    )


def _made_blind(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    control = answer(_GIVEN[arguments[0]])
    if not callable(control):
        raise WrongReturn(f"returned {kind_of_value(control)} instead of a function of (x, name)")
    if "rectified" in arguments:  # as behind a ReLU: many values are 0
        from keras import ops

        x = ops.relu(x)
    return control(x, name)


def _ratio_of_first(arrays: dict[str, Array], seed: int) -> Array:
    """Output / input of one channel of the first image; where the input is nearly 0 there is no ratio."""
    x = _BLIND.inputs(seed)["plain"][0, ..., 0]
    return np.where(np.abs(x) > 0.05, np.asarray(arrays["plain/output"])[0, ..., 0] / x, 0)


_BLIND = LayerProbe(_blind_cases, _made_blind)


# split ------------------------------------------------------------------------------------------------------


def _split_is(says: Mapping[str, str]) -> Test:
    """Return a test that none of these flags is up, by the places themselves."""

    def test(look: Look) -> str | None:
        if look.evidence.error:
            return "no split came back"
        found = split_flags(split_inputs(look.seed), look.evidence.arrays)
        return next((words for flag, words in says.items() if found[flag]), None)

    return test


# trial ------------------------------------------------------------------------------------------------------


_LEFT_TO_CHANCE = {
    "weights": "the first weights are the same",
    "canvases": "the canvases are the same",
    "order": "`fit` gets the same seed",
}


def _repeatable(look: Look) -> str | None:
    """The same call gives the same measures whatever ran before, and another seed gives others."""
    seen = look.evidence.arrays
    if not all(f"{scene}/accuracy" in seen for scene in ("plain", "again", "other_seed")):
        return "no measures came back"
    if not np.allclose(seen["plain/accuracy"], seen["again/accuracy"], atol=1e-3):
        return "the same trial, run again after something else, measures another accuracy"
    if np.allclose(seen["plain/accuracy"], seen["other_seed/accuracy"], atol=1e-3):
        return "another seed measures exactly the same"
    for part, words in _LEFT_TO_CHANCE.items():
        one, other = (seen.get(f"{BEHAVIOUR}{scene}/{part}") for scene in ("plain", "other_seed"))
        if one is not None and other is not None and np.allclose(one, other, atol=1e-6):
            return f"{words} with another seed: a fixed number stands where `seed` should"
    return None


# register ---------------------------------------------------------------------------------------------------


_BAD_PLANS = {
    "same": "the variant as its own control",
    "none": "no control",
    "few": "four seeds",
    "repeated": "five seeds, one of them twice",
    "six_repeated": "six seeds, one of them twice",
}


def _bad_plans_refused(look: Look) -> str | None:
    """Test that no plan which could prove nothing came back as a registration."""
    seen = look.evidence.arrays
    passed = [words for name, words in _BAD_PLANS.items() if np.all(seen.get(f"refused/{name}", 0) == 2)]
    if not passed:
        return None
    plans = "1 bad plan was" if len(passed) == 1 else f"{len(passed)} bad plans were"
    return f"{plans} accepted: {'; '.join(passed)}"


# run_trials -------------------------------------------------------------------------------------------------


def _both_there(look: Look) -> str | None:
    """The dict has an entry for the variant and one for the control."""
    for case in ("plain", "second"):
        for part in ("variant", "control"):
            if f"{case}/{part}" not in look.evidence.arrays:
                return f"the dict has no entry with the name of the {part}"
    return None


# paired_interval, reading -----------------------------------------------------------------------------------
def _interval_inputs(draw: Draw) -> dict[str, tuple[Array, Array]]:
    """Percentages of two variants: seeds differ much, the variants little."""
    found = {}
    for name, count, shift in (("five", 5, 1.5), ("eight", 8, -1.2), ("twelve", 12, 0.3)):
        common = 70 + 15 * draw.values((count,)).astype(np.float64)
        gain = shift + 2 * draw.values((count,)).astype(np.float64)
        found[name] = (common + gain, common)
    return found


def _the_mean(look: Look) -> str | None:
    """The middle number is the mean of the differences."""
    for case, (mine, other) in _interval_inputs(Draw(look.seed)).items():
        seen = np.ravel(look.evidence.arrays[f"{case}/output"])
        if seen.shape != (3,):
            return f"{seen.size} numbers came back, expected 3: low, mean, high"
        if not np.isclose(seen[1], np.mean(mine - other), atol=1e-4):
            return f"the middle number is {seen[1]:.4g}, the mean difference is {np.mean(mine - other):.4g}"
    return None


def _one_of_three(look: Look) -> str | None:
    """Every text that came back is one of the three, up to capitals."""
    if any(np.any(seen < 0) for seen in look.evidence.arrays.values()):
        return "a text came back that is none of the three, letter by letter"
    return None


EXERCISES = (
    Exercise(
        "my_attention",
        LESSON,
        "A block of your own",
        OwnBlockProbe(),
        (
            Criterion(
                "shape",
                1,
                "a feature map of the same shape comes out, and no number is lost",
                block_is_free_of(
                    {
                        "shape": "the output has another shape than the input",
                        "finite": "where a channel is 0 everywhere, the output is not a finite number",
                    }
                ),
                "Return the refined feature map, (N, H, W, C), for every size that comes in.",
            ),
            Criterion(
                "looks",
                1,
                "each value is multiplied by what is found around it in the same image",
                block_is_free_of(
                    {
                        "identity": "the output is the input",
                        "blind": "every image is scaled in the same way",
                        "pointwise": "a value comes out the same whatever is around it",
                        "adds": "where x is 0 something else comes out: the block does not multiply x",
                        "mixed": "the result for one image changes with the other images of the batch: take "
                        "means over axes 1 and 2",
                        "moody": "the same input gives another output at the next call",
                        "shared": "two uses of the block share their weights",
                        "untrained": "no gradient reaches some of the weights",
                        "unnamed": "the name of a layer with weights does not begin with `name`",
                    }
                ),
                "Let the gate or the map come from the input, and make the layers inside the function.",
                requires=("shape",),
            ),
        ),
    ),
    Exercise(
        "blind",
        LESSON,
        "A control that cannot look",
        _BLIND,
        (
            Criterion(
                "numbers",
                0.5,
                "the attention is shown a map of ones, and its answer scales the input",
                every(has_shape("plain", rank=4), numbers("plain", "map", "bare", "zeros")),
                "Call `attention` on `ones_like(x)`, so that the ones come from `x`; then multiply.",
            ),
            Criterion(
                "habits",
                0.5,
                "as many weights as the block, all of them in use",
                behaves_well,
                "Hand `name` on to `attention`, and use what it returns.",
                requires=("numbers",),
            ),
        ),
        Picture("output / input of one channel", _ratio_of_first),
    ),
    Exercise(
        "split",
        LESSON,
        "Split without a leak",
        ProtocolProbe(split_scenes),
        (
            Criterion(
                "apart",
                1,
                "no garment stands on both sides, and no canvas is lost",
                _split_is(
                    {
                        "kind": "what came back are not places in `garments`: whole numbers from 0",
                        "shared": "some garments are seen in training and tested on",
                        "twice": "some canvases come up twice",
                        "count": "the number of garments held out is not `tested`",
                        "lost": "some canvases are on neither side",
                    }
                ),
                "Choose garments, not canvases; then see where each canvas belongs.",
            ),
            Criterion(
                "seeded",
                1,
                "the seed alone decides which garments are held out",
                _split_is(
                    {
                        "unrepeatable": "the same seed gave another split",
                        "fixed": "two seeds gave the same split",
                        "first": "the garments with the lowest or highest numbers are held out",
                    }
                ),
                "Draw with `np.random.default_rng(seed)`.",
                requires=("apart",),
            ),
        ),
    ),
    Exercise(
        "trial",
        LESSON,
        "One trial",
        ProtocolProbe(trial_scenes),
        (
            Criterion(
                "repeatable",
                1,
                "the seed fixes all that is left to chance",
                _repeatable,
                "Set Keras' random seed before the network is made, and use `seed` in every step.",
            ),
            Criterion(
                "numbers",
                1,
                "trained on one side, scored on the other",
                numbers("plain", "again", "other_attention", "other_seed", relative=1e-5),
                "Seed, network, canvases, fit on the first part, score on the second.",
                requires=("repeatable",),
            ),
        ),
    ),
    Exercise(
        "register",
        LESSON,
        "Register before you run",
        ProtocolProbe(register_scenes),
        (
            Criterion(
                "frozen",
                0.5,
                "all that was said is kept, and cannot be changed later",
                numbers("kept", "later"),
                "Return a `trials.Registration`, its seeds as a tuple.",
            ),
            Criterion(
                "digest",
                0.5,
                "the digest belongs to every part of the plan",
                numbers("digest"),
                "SHA-256 of the JSON text of the list of all five parts.",
            ),
            Criterion(
                "refused",
                1,
                "plans that could prove nothing are refused",
                every(_bad_plans_refused, numbers("refused")),
                "Raise a ValueError for a missing control, for fewer than five seeds, and for a seed twice.",
            ),
        ),
    ),
    Exercise(
        "run_trials",
        LESSON,
        "Run what was registered",
        ProtocolProbe(run_scenes),
        (
            Criterion(
                "pairs",
                1,
                "every pair is measured once, and the registered metric is kept",
                every(_both_there, numbers("plain", "second")),
                "For each registered seed, measure the variant and the control once; keep the order of the "
                "seeds.",
            ),
            Criterion(
                "honest",
                1,
                "a failed run is not passed over",
                numbers("broken"),
                "Raise a ValueError when a measure is not finite, measure nothing twice, and catch no error.",
                requires=("pairs",),
            ),
        ),
    ),
    Exercise(
        "paired_interval",
        LESSON,
        "The interval of the differences",
        FunctionProbe(_interval_inputs),
        (
            Criterion(
                "mean",
                0.5,
                "three numbers, the mean difference in the middle",
                _the_mean,
                "Return (low, mean, high).",
            ),
            Criterion(
                "interval",
                1.5,
                "Student's t interval of the paired differences",
                numbers("five", "eight", "twelve", relative=1e-5),
                "Mean ± t · s / √n, where s is the deviation of the differences and t has n − 1 degrees of "
                "freedom.",
                requires=("mean",),
            ),
        ),
    ),
    Exercise(
        "reading",
        LESSON,
        "Read the interval",
        ProtocolProbe(reading_scenes),
        (
            Criterion(
                "clear",
                0.5,
                "a difference is only called one where the interval is clear of zero",
                every(_one_of_three, numbers("clear")),
                "Three words only: higher, lower, no detectable difference.",
            ),
            Criterion(
                "pairs",
                0.5,
                "three quarters of the pairs that differ agree",
                numbers("pairs"),
                "Count the pairs above and below; a pair without a difference counts in neither.",
                requires=("clear",),
            ),
        ),
    ),
    quiz(
        "quiz_lower_end",
        LESSON,
        "Quiz: the lower end",
        1,
        "where the interval begins",
        "Mean − t · s / √n; s divides the sum of squares by n − 1.",
        step=0.02,
    ),
    quiz(
        "quiz_coordinate",
        LESSON,
        "Quiz: what coordinate attention costs",
        1,
        "the trainable parameters",
        "Three layers with kernels and biases; two numbers per hidden channel for the normalisation.",
    ),
    quiz("quiz_pairs", LESSON, "Quiz: how many pairs", 1, "how many pairs", "The width goes with 1 / √n."),
)
