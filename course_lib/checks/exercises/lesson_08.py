"""Lesson 08, the residual attention network: a stage, the network, what a module costs, and wrong labels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from course_lib.checks.batch_norm_probe import NormalisedProbe, normalised
from course_lib.checks.criteria import (
    BEHAVIOURS,
    Test,
    behaves_well,
    behaviour_of,
    equals_key,
    every,
    has_shape,
    numbers,
    probabilities,
)
from course_lib.checks.evidence import BEHAVIOUR, Array
from course_lib.checks.exercise import FIRST_CHANNEL, Criterion, Exercise, Look, Picture
from course_lib.checks.exercises.shared import probability_rows, quiz, whole_number
from course_lib.checks.probe import Case, Draw, FunctionProbe, LayerProbe

LESSON = "08_residual_attention_network"
_DEEPEST = 12  # poolings; an answer that counts them wrongly must not build a thousand layers


def _known_unit(x: Any, name: str, filters: int | None = None, strides: int = 1) -> Any:
    """A cheap unit, handed to the answer: its result depends on where the size is halved.

    Answers are thus probed on their own, whatever was written in an earlier lesson.
    """
    from keras import layers

    if strides != 1:
        x = layers.AveragePooling2D(strides, padding="same", name=name + "_pool")(x)
    filters = filters or x.shape[-1]
    return layers.Conv2D(filters, 1, activation="tanh", use_bias=False, name=name + "_conv")(x)


def _known_module(x: Any, name: str, poolings: int) -> Any:
    """A module without weights, handed to the answer: its result depends on how often it pools."""
    from keras import layers, ops

    if poolings > _DEEPEST:
        raise ValueError(f"poolings={poolings} is far too many for a map of {x.shape[1]} rows")
    low = x
    for _ in range(poolings):
        low = layers.MaxPooling2D(3, 2, padding="same")(low)
    mean = ops.mean(low, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
    return layers.Activation("tanh", name=name)(1.6 * x - 0.5 * mean + 0.1)


def _known_stage(x: Any, filters: int, strides: int, modules: int, name: str) -> Any:
    """A stage of a known unit and one simple layer for each module, handed to the answer."""
    from keras import layers

    x = _known_unit(x, name + "_unit", filters, strides)
    for number in range(modules):
        x = layers.Activation("tanh", name=f"{name}_module{number}")(1.5 * x - 0.3)
    return x


def _stage_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: filters, strides, modules, and the smallest map if not the default.

    Height and width always need the same number of poolings.
    """
    batch, channels = draw.size(3, 4), draw.size(4, 5)
    height, width = draw.size(15, 18), draw.size(20, 22)  # two poolings, down to 7 or less
    return (
        Case("plain", (height, width, channels), batch, (6, 1, 2)),
        Case("bare", (9, 13, channels), batch, (channels + 3, 2, 0)),
        Case("single", (width, height, channels), batch, (7, 1, 1)),
        Case("three", (10, 12, channels), batch, (6, 1, 3)),  # one pooling
        Case("halved", (29, 31, channels), batch, (6, 2, 1)),  # 15 and 16 behind the unit: two, not three
        Case("deep", (31, 29, channels), batch, (6, 1, 1)),  # three
        Case("odd", (15, 15, channels), batch, (7, 1, 1)),  # 15, 8, 4: halves are rounded up
        Case("small", (5, 6, channels), batch, (6, 1, 2)),  # small enough, and pooled once all the same
        Case("exact", (14, 14, channels), batch, (6, 1, 1)),  # 7 is small enough
        Case("other", (12, 13, channels), batch, (6, 1, 1, 2)),  # 12, 6, 3, 2
    )


def _network_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: modules, filters, classes, and widen where it is not the default."""
    batch, channels = draw.size(3, 4), draw.size(5, 7, (6,))  # 6 is a width of a stage
    height, width = draw.size(17, 19), draw.size(21, 24)
    return (
        Case("plain", (height, width, channels), batch, ((1, 2), 4, 10)),
        # At a single position it does not matter where the size is halved.
        Case("point", (1, 1, channels), batch, ((2, 0, 1), 3, 6)),
        Case("three", (width, height, channels), batch, ((1, 0, 2), 3, 6)),
        Case("four", (9, 10, channels), batch, ((1, 2, 0, 1), 2, 4)),
        Case("one", (height, width, channels), batch, ((3,), 8, 5)),
        Case("kept", (height, width, channels), batch, ((2, 1), 6, 7, False)),
    )


def _of_stage(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    filters, strides, modules, *smallest = arguments
    return answer(x, filters, strides, modules, _known_unit, _known_module, name, *smallest)


def _of_network(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    modules, filters, classes, *widen = arguments
    return answer(x, modules, filters, _known_stage, _known_unit, classes, name, *widen)


def _module_inputs(draw: Draw) -> dict[str, tuple[int, ...]]:
    """Channels and poolings; p, t and r where they are not the default."""
    widths = [4 * draw.size(2 + 9 * k, 10 + 9 * k) for k in range(8)]
    return {
        "shallow": (widths[0], 1),
        "once": (widths[1], 1),
        "twice": (widths[2], 2),
        "thrice": (widths[3], 3),
        "deep": (widths[4], 5),
        "p": (widths[5], 2, 3),
        "t": (widths[6], 1, 1, 5),
        "r": (widths[7], 3, 2, 1, 4),
    }


def _label_inputs(draw: Draw) -> dict[str, tuple[Any, ...]]:
    """Labels, share, order and draws; the number of classes where it is not 10."""

    def of(share: float, n: int, classes: int = 10, kind: str = "int64") -> tuple[Any, ...]:
        unit = (draw.values((2, n)).astype(np.float64) + 1) / 2  # [0, 1)
        labels = (unit[0] * classes).astype(kind)
        order = np.argsort(draw.values((n,)), kind="stable")
        unit[1, order[0]] = 0.0  # one step, if this label moves
        return labels, share, order, unit[1], *(() if classes == 10 else (classes,))

    return {
        "some": of(0.3, 10 * draw.size(8, 12)),
        "most": of(0.75, 4 * draw.size(20, 30), kind="uint8"),
        # 0.29 · 100 and 0.57 · 100 are a little less than 29 and 57 for a computer.
        "rounded": of(0.29, 100),
        "rounded_too": of(0.57, 100),
        "above": of(0.07, 100),  # and 0.07 · 100 is a little more than 7
        "below_half": of(0.3, 11),
        "none": of(0.0, draw.size(20, 30)),
        "all": of(1.0, draw.size(40, 60)),
        "few": of(0.5, 2 * draw.size(20, 30), 3),
        "many": of(0.5, 2 * draw.size(60, 80), 200, "uint8"),
    }


_STAGE = LayerProbe(_stage_cases, _of_stage, {"negated": lambda x: -x})
_NETWORK = NormalisedProbe(_network_cases, _of_network)
_LABELS = FunctionProbe(_label_inputs, afterwards=lambda array: array[::-1].copy())


def _whole_labels(look: Look) -> str | None:
    """The labels came back as whole numbers."""
    dtype = look.evidence.arrays["some/output"].dtype
    return None if dtype.kind in "iu" else f"the labels are of type {dtype}, not whole numbers"


def _left_alone(*cases: str) -> Test:
    """Return a test that the arrays handed in are unchanged: a second use of them gives what it should."""

    def test(look: Look) -> str | None:
        kept = behaviour_of(look).get("input_kept", False)
        if kept and all(equals_key(look, f"{BEHAVIOUR}{case}") for case in cases):
            return None
        return BEHAVIOURS["input_kept"]

    return test


def _exact_share(*cases: str) -> Test:
    """Return a test that as many labels differ from the true ones as the share says."""

    def test(look: Look) -> str | None:
        inputs = _label_inputs(Draw(look.seed))
        for case in cases:
            labels, share, *_ = inputs[case]
            if f"{case}/output" not in look.evidence.arrays:
                return "nothing came back"
            noisy = look.evidence.arrays[f"{case}/output"]
            if noisy.shape != labels.shape:
                return f"expected shape {labels.shape}, got {noisy.shape}"
            wrong, wanted = int(np.sum(noisy != labels)), round(share * len(labels))
            if wrong != wanted:
                return f"{wrong} of {len(labels)} labels are wrong, expected {wanted}"
        return None

    return test


def _behind_softmax(test: Test) -> Test:
    """Return the test, after a softmax where outputs are no probabilities: a forgotten one costs once."""

    def softened(array: Array) -> Array:
        values = np.asarray(array, np.float64)
        if values.ndim != 2 or np.abs(values.sum(axis=-1) - 1).max() < 1e-4:
            return array
        powers = np.exp(values - values.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True))

    def tested(look: Look) -> str | None:
        arrays = {name: softened(array) for name, array in look.evidence.arrays.items()}
        return test(replace(look, evidence=replace(look.evidence, arrays=arrays)))

    return tested


EXERCISES = (
    Exercise(
        "attention_stage",
        LESSON,
        "A stage",
        _STAGE,
        (
            Criterion(
                "unit",
                0.5,
                "a unit that gives width and size comes first",
                every(has_shape("plain", rank=4), numbers("bare")),
                "Call `unit` once, with `filters` and `strides`.",
            ),
            Criterion(
                "modules",
                0.5,
                "then so many modules in a row",
                numbers("three"),
                "What a module returns goes into the next. There are `modules` of them.",
            ),
            Criterion(
                "poolings",
                1.5,
                "the mask pools down to the smallest map, and at least once",
                numbers("plain", "single", "halved", "deep", "odd", "small", "exact", "other"),
                "Count how often the map *behind the unit* has to be halved, halves rounded up.",
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                behaves_well,
                "Give the unit and every module a name of its own, built from `name`.",
                requires=("poolings",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "residual_attention_network",
        LESSON,
        "The whole network",
        _NETWORK,
        (
            Criterion(
                "probabilities",
                1,
                "one probability per class",
                probabilities,
                "Average over all positions, then a dense layer with `classes` units and a softmax.",
            ),
            Criterion(
                "ending",
                1,
                "behind a single stage: three units, ReLU, mean",
                _behind_softmax(numbers("one")),
                "The stage has `filters` channels and strides of 1; three units follow, then the ending.",
            ),
            Criterion(
                "parts",
                0.5,
                "several stages with their widths",
                _behind_softmax(numbers("point")),
                "Go through all of `modules`. Each stage is twice as wide as the one before.",
                requires=("ending",),
            ),
            Criterion(
                "sizes",
                1,
                "any number of stages; the size is halved at the right places",
                _behind_softmax(numbers("plain", "three", "four")),
                "Every stage but the first has strides of 2, and so has the first of the last three units.",
                requires=("parts",),
            ),
            Criterion(
                "widen",
                0.5,
                "without widening, the last units keep width and size",
                _behind_softmax(numbers("kept")),
                "With `widen=False` all three units keep the channels and the size.",
            ),
            Criterion(
                "normalised",
                0.5,
                "normalised once more at the end",
                _behind_softmax(normalised),
                "The last unit ends with a sum: batch normalisation and ReLU follow it, then the mean.",
                requires=("parts",),
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                behaves_well,
                "Give each stage and each unit a name of its own, built from `name`.",
                requires=("probabilities", "parts"),
            ),
        ),
        Picture("probabilities (columns) of each image (rows)", probability_rows),
    ),
    Exercise(
        "module_parameters",
        LESSON,
        "What a module costs",
        FunctionProbe(_module_inputs),
        (
            Criterion(
                "numbers",
                1,
                "with one pooling, and p, t, r = 1, 2, 1",
                numbers("shallow", "once"),
                "Count the units, then two convolutions with their normalisations at the end of the mask.",
            ),
            Criterion(
                "poolings",
                0.75,
                "with more poolings",
                numbers("twice", "thrice", "deep"),
                "Each pooling brings r units on the way down, r on the way up, and all but one a skip.",
                requires=("numbers",),
            ),
            Criterion(
                "options",
                0.75,
                "with other p, t and r",
                numbers("p", "t", "r"),
                "p units stand on both sides of the meeting, t in the trunk.",
                requires=("numbers",),
            ),
            Criterion(
                "whole",
                0.5,
                "a whole number",
                whole_number("shallow", "712.0"),
                "Divide with `//`, which stays among the whole numbers.",
                requires=("numbers",),
            ),
        ),
    ),
    Exercise(
        "flip_labels",
        LESSON,
        "Wrong labels",
        _LABELS,
        (
            Criterion(
                "share",
                1,
                "exactly so many labels are wrong",
                _exact_share(
                    *("some", "most", "rounded", "rounded_too", "above", "below_half"),
                    *("none", "all", "few", "many"),
                ),
                "Flip `round(share · n)` labels, and never to the class that they had.",
            ),
            Criterion(
                "numbers",
                0.5,
                "the first positions of `order`, moved by their own draw",
                numbers("some", "most", "none", "all"),
                "The draw that belongs to an image has the image's own position.",
            ),
            Criterion(
                "whole",
                0.5,
                "whole numbers",
                _whole_labels,
                "Classes are whole numbers: keep the type of `labels`, and use `.astype(int)` on the steps.",
                requires=("numbers",),
            ),
            Criterion(
                "classes",
                0.5,
                "with any number of classes",
                numbers("few", "many"),
                "Use `classes` for the number of other classes, and for where counting begins again.",
            ),
            Criterion(
                "kept",
                0.5,
                "the arrays that came in are as they were",
                _left_alone("some", "most", "none", "all"),
                "Work on a copy of the labels.",
                requires=("numbers",),
            ),
        ),
    ),
    quiz(
        "quiz_trunk_depth",
        LESSON,
        "Quiz: how deep the trunk is",
        1,
        "the layers along the trunk",
        "A module has p + t + p units on the trunk, every unit three layers.",
    ),
    quiz(
        "quiz_statistics",
        LESSON,
        "Quiz: numbers that nobody trains",
        1,
        "the running averages of a module",
        "Count the units of the module, and the channels that come into each normalisation.",
    ),
    quiz(
        "quiz_wrong_labels",
        LESSON,
        "Quiz: what is wrong with a label",
        1,
        "how many images",
        "All wrong labels of a class are spread over the other classes alike.",
    ),
)
