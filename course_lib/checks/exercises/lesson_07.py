"""Lesson 07, the attention module: its unit, its two branches, its masks, and how trunk and mask meet."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.checks.batch_norm_probe import NormalisedProbe, normalised
from course_lib.checks.criteria import Test, behaves_well, every, has_shape, numbers
from course_lib.checks.empty_branch import learns, passes_when_empty
from course_lib.checks.exercise import FIRST_CHANNEL, Criterion, Exercise, Look
from course_lib.checks.exercises.shared import NEGATED_AND_DOUBLED, quiz
from course_lib.checks.probe import Case, Draw, LayerProbe

LESSON = "07_attention_module"
_KINDS = {"mixed": 1.0, "channel": 0.6, "spatial": -0.8}
_TWO_IN_A_ROW = "two in a row"
_SPREAD = 10.0  # scores so large that a small number added to a norm or a deviation does not show


# Parts without weights, handed to the answers: a mistake in an earlier exercise costs nothing here.


def _step(x: Any) -> Any:
    """Compute what a known unit does, another function of each channel."""
    from keras import ops

    others = ops.mean(x, axis=-1, keepdims=True)  # (N, H, W, 1)
    return 0.6 * x + ops.tanh(1.5 * x - others + 0.3)


def _known_unit(x: Any, name: str) -> Any:
    """A unit whose repetitions differ; one layer, so that models around it are built quickly."""
    from keras import layers

    return layers.Activation(_step, name=name)(x)


def _known_units(x: Any, name: str, n: int = 2, *, t: int | None = None) -> Any:
    """Units in a row; the lesson calls their number n, and its `trunk_branch` t."""
    for number in range(n if t is None else t):
        x = _known_unit(x, f"{name}_{number}")
    return x


def _known_activation(scores: Any, name: str, activation: str = "mixed") -> Any:
    """A mask that depends on the kind of activation."""
    from keras import layers, ops

    return layers.Activation(lambda s: ops.sigmoid(_KINDS[activation] * s), name=name)(scores)


def _known_mask(x: Any, name: str, poolings: int = 1, r: int = 1, activation: str = "mixed") -> Any:
    """A mask that depends on each of its arguments."""
    from keras import layers, ops

    factor, offset = 0.4 + 0.3 * poolings, _KINDS[activation] - 0.35 * r
    return layers.Activation(lambda given: ops.sigmoid(factor * given + offset), name=name)(x)


def _keep_most(trunk: Any, mask: Any, name: str) -> Any:
    """(1 + M) · T."""
    from keras import layers

    return layers.Multiply(name=name)([1 + mask, trunk])


def _far_apart(trunk: Any, mask: Any, name: str) -> Any:
    """A weighted difference of trunk and mask: if they are exchanged, it shows."""
    from keras import layers

    return layers.Add(name=name)([layers.Rescaling(1.7)(trunk), layers.Rescaling(-0.9)(mask)])


def _trunk_alone(trunk: Any, mask: Any, name: str) -> Any:
    """The trunk alone: what the mask does cannot show."""
    from keras import layers

    return layers.Activation("linear", name=name)(trunk)


# The cases -----------------------------------------------------------------------------------------------


def _unit_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: filters and strides of each unit in a row; None keeps the channels."""
    batch, narrow = draw.size(3, 4), draw.size(3, 4)
    # 9 to 5, 13 to 7: halved odd sizes, where all ways to pad take the same positions.
    height, width, wide = 9, 13, 4 * narrow
    return (
        Case("plain", (height, width, wide), batch, ((),)),
        Case("row", (height, width, wide - 1), batch, ((wide, 2), (wide + 4, 2))),
        Case("wider", (height, width, wide), batch, ((wide + 4,),)),
        Case("halved", (width, height, wide), batch, ((None, 2),)),
        Case("kept", (width, height, wide), batch, ((wide, 1), (None, 1))),
    )


def _trunk_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: t, where it is not the default."""
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    height, width = draw.size(7, 8), draw.size(9, 10)
    return (
        Case("plain", (height, width, channels), batch),
        Case("one", (width, height, channels + 1), batch, (1,)),
        Case("four", (height, width, channels), batch + 1, (4,)),
    )


def _activation_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: the activation, whether some scores are zero; none for defaults."""
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    height, width = draw.size(7, 8), draw.size(9, 10)
    shape = (height, width, channels)
    return (
        Case("plain", shape, batch),
        Case("mixed", (width, height, channels + 1), batch, ("mixed",)),
        Case("channel", shape, batch, ("channel",)),
        Case("spatial", shape, batch, ("spatial",)),
        Case("empty_channels", shape, batch, ("channel", True)),
        Case("empty_maps", shape, batch, ("spatial", True)),
    )


def _mask_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: poolings, r, the activation; before them perhaps _TWO_IN_A_ROW."""
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    return (
        Case("plain", (8, 12, channels), batch),
        Case("deep", (16, 24, channels), batch, (3, 1)),
        Case("asked", (12, 8, channels + 1), batch, (2, 3, "spatial")),
        Case("odd", (7, 13, channels), batch, (2, 1, "channel")),
        Case("row", (12, 8, channels), batch, (_TWO_IN_A_ROW, 2, 1)),
    )


def _pair_cases(draw: Draw) -> tuple[Case, ...]:
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    height, width = draw.size(7, 8), draw.size(9, 10)
    return (
        Case("plain", (height, width, channels), batch),
        Case("signed", (width, height, channels + 1), batch, ("channel",)),
    )


def _module_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: how trunk and mask are combined, then options by name."""
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    height, width = draw.size(7, 8), draw.size(9, 10)
    shape = (height, width, channels)
    return (
        Case("plain", shape, batch, (_keep_most, {})),
        Case("apart", (width, height, channels), batch, (_far_apart, {})),
        Case("rows", shape, batch, (_trunk_alone, {"p": 2, "t": 4})),
        Case("short", shape, batch, (_trunk_alone, {"p": 3, "t": 1})),
        Case("mask", shape, batch, (_keep_most, {"poolings": 3, "r": 4, "activation": "spatial"})),
        Case("other", shape, batch, (_keep_most, {"poolings": 2, "r": 5, "activation": "channel"})),
    )


# How the answers are called ------------------------------------------------------------------------------


def _in_a_row(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    for number, options in enumerate(arguments):
        x = answer(x, f"{name}_{number}", *options)
    return x


def _trunk_of(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    return answer(x, name, *arguments, unit=_known_unit)


def _activated(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    """Scores of every size for the sigmoid; for the other kinds large ones, of which some may all be zero."""
    from keras import layers, ops

    kind, empty = (*arguments, False, False)[:2]
    if kind in ("channel", "spatial"):
        x = layers.Rescaling(_SPREAD)(x)
    if empty:  # positions where all channels are zero, channels that are zero everywhere
        x = ops.concatenate([x, ops.zeros_like(x)], axis=1 if kind == "channel" else -1)
    return answer(x, name, *arguments[:1])


def _mask_of(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    """One mask, or the mask of a mask: names for a certain pooling must be built from `name` too."""
    if arguments[:1] == (_TWO_IN_A_ROW,):
        x = _mask_of(answer, x, name + "_first", arguments[1:])
        return _mask_of(answer, x, name + "_second", arguments[1:])
    return answer(x, name, *arguments, units=_known_units, activate=_known_activation)


def _meeting(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    """Trunk and mask from one input: the mask between 0 and 1, or between -1 and 1."""
    from keras import layers, ops

    turned = layers.Rescaling(1.5)(ops.roll(x, 1, axis=-1))
    mask = layers.Activation("tanh" if arguments else "sigmoid", name=name + "_given")(turned)
    return answer(x, mask, name)


def _module_of(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    combine, options = arguments
    return answer(x, name, **options, units=_known_units, mask=_known_mask, combine=combine)


_UNIT = NormalisedProbe(_unit_cases, _in_a_row, NEGATED_AND_DOUBLED, own_statistics=("plain", "halved"))
_TRUNK = LayerProbe(_trunk_cases, _trunk_of, NEGATED_AND_DOUBLED)
_ACTIVATION = LayerProbe(_activation_cases, _activated, NEGATED_AND_DOUBLED)
_MASK = NormalisedProbe(_mask_cases, _mask_of, NEGATED_AND_DOUBLED)
_MEETING = LayerProbe(_pair_cases, _meeting, NEGATED_AND_DOUBLED)
_MODULE = LayerProbe(_module_cases, _module_of, NEGATED_AND_DOUBLED)


# Tests --------------------------------------------------------------------------------------------------


def _between(low: float, high: float, *cases: str) -> Test:
    """Return a test that all values of these cases lie between two bounds and are not all alike."""

    def test(look: Look) -> str | None:
        for case in cases:
            if problem := has_shape(case)(look):
                return problem
            output = np.asarray(look.evidence.arrays[f"{case}/output"], np.float64)
            if output.min() < low - 1e-5 or output.max() > high + 1e-5:
                return f"the mask runs from {output.min():.3g} to {output.max():.3g}, not {low:g} to {high:g}"
            if np.ptp(output) < 1e-3:
                return f"the mask is {output.mean():.3g} everywhere"
        return None

    return test


def _unit_length(look: Look) -> str | None:
    """The channels at each position have length 1."""
    if problem := has_shape("channel")(look):
        return problem
    length = np.sqrt((np.asarray(look.evidence.arrays["channel/output"], np.float64) ** 2).sum(axis=-1))
    if np.abs(length - 1).max() > 1e-3:
        return f"the channels at one position have length {length.min():.3g} to {length.max():.3g}, not 1"
    return None


EXERCISES = (
    Exercise(
        "pre_activation_residual_unit",
        LESSON,
        "Pre-activation residual unit",
        _UNIT,
        (
            Criterion(
                "shortcut",
                1,
                "an empty branch lets x through, negative values too",
                every(has_shape("plain", rank=4), passes_when_empty(_UNIT, relu=False), learns),
                "Where the shapes agree, add x itself. Nothing follows the addition.",
            ),
            Criterion(
                "numbers",
                1,
                "ReLU, 1×1, ReLU, 3×3, ReLU, 1×1, add",
                numbers("plain", "kept"),
                "Each convolution comes behind a normalisation and a ReLU; the middle has C/4 channels.",
                requires=("shortcut",),
            ),
            Criterion(
                "projection",
                0.5,
                "strides, and a shortcut that changes its shape where the branch does",
                every(has_shape("wider"), has_shape("halved"), numbers("wider", "halved", "row")),
                "The 3×3 convolution has the strides. The projection starts from what the first ReLU gives.",
                requires=("shortcut",),
            ),
            Criterion(
                "habits",
                0.5,
                "normalised, and works anywhere in a model",
                every(normalised, behaves_well),
                "Batch normalisation comes before each of the three ReLUs; build names from `name`.",
                requires=("numbers",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "trunk_branch",
        LESSON,
        "Trunk branch",
        _TRUNK,
        (
            Criterion(
                "numbers",
                0.5,
                "two units, one behind the other",
                every(has_shape("plain", rank=4), numbers("plain")),
                "What the first unit returns goes into the second.",
            ),
            Criterion(
                "count",
                0.5,
                "as many units as are asked for, anywhere in a model",
                every(numbers("one", "four"), behaves_well),
                "Let a loop run `t` times, and give each unit a name of its own, built from `name`.",
                requires=("numbers",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "mask_activation",
        LESSON,
        "Mask activations",
        _ACTIVATION,
        (
            Criterion(
                "mixed",
                0.5,
                "mixed: a sigmoid for every score",
                every(_between(0, 1, "plain", "mixed"), numbers("plain", "mixed"), behaves_well),
                "`mixed` is one sigmoid, and it is the default.",
            ),
            Criterion(
                "channel",
                1,
                "channel: length 1 over the channels at each position",
                every(_unit_length, numbers("channel")),
                "Divide by the square root of the sum of the squares over the last axis. No sigmoid.",
            ),
            Criterion(
                "spatial",
                1,
                "spatial: every map standardised over its own positions, then a sigmoid",
                every(_between(0, 1, "spatial"), numbers("spatial")),
                "Take mean and deviation over axes 1 and 2, for each image and channel of its own.",
            ),
            Criterion(
                "empty",
                0.5,
                "scores that are all zero give numbers too",
                numbers("empty_channels", "empty_maps"),
                "Protect both divisions: add a very small number such as 1e-6.",
                requires=("channel", "spatial"),
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "soft_mask_branch",
        LESSON,
        "Soft mask branch",
        _MASK,
        (
            Criterion(
                "mask",
                0.5,
                "a weight between 0 and 1 for each position and channel",
                every(has_shape("plain", rank=4), _between(0, 1, "plain", "asked")),
                "Back at the size of x: two 1×1 convolutions with as many filters as x has channels, then "
                "`activate`.",
            ),
            Criterion(
                "numbers",
                0.5,
                "down, and up again, once",
                numbers("plain"),
                "Follow the list of steps for one pooling. After the last pooling there are 2 r units.",
                requires=("mask",),
            ),
            Criterion(
                "skips",
                1,
                "down and up several times, with a skip at each size",
                numbers("deep", "asked"),
                "Keep what the units give at each size but the smallest; send it through one unit; add it "
                "on the way up, before the r units.",
                requires=("mask",),
            ),
            Criterion(
                "sizes",
                0.5,
                "any size",
                numbers("odd"),
                "Resize to the size of the skip, and at the end to that of x, not by a factor of two.",
                requires=("numbers",),
            ),
            Criterion(
                "habits",
                0.5,
                "normalised, and works anywhere in a model",
                every(normalised, behaves_well, has_shape("row")),
                "Batch normalisation and ReLU stand before each 1×1 convolution; build names from `name`.",
                requires=("numbers",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "naive_attention",
        LESSON,
        "Naive attention",
        _MEETING,
        (
            Criterion(
                "numbers",
                1,
                "trunk times mask",
                every(has_shape("plain", rank=4), numbers("plain", "signed"), behaves_well),
                "Multiply the two, position by position and channel by channel.",
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "attention_residual_learning",
        LESSON,
        "Attention residual learning",
        _MEETING,
        (
            Criterion(
                "numbers",
                1,
                "trunk times one plus mask",
                every(has_shape("plain", rank=4), numbers("plain", "signed"), behaves_well),
                "Add 1 to the mask first, then multiply: an empty mask leaves the trunk as it is.",
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "attention_module",
        LESSON,
        "Attention module",
        _MODULE,
        (
            Criterion(
                "numbers",
                0.5,
                "units; trunk and mask side by side; units",
                every(has_shape("plain", rank=4), numbers("plain", "apart")),
                "Trunk and mask both start from what the first units give. What `combine` returns goes "
                "through the last units.",
            ),
            Criterion(
                "counts",
                0.5,
                "p units before and after, t units in the trunk",
                numbers("rows", "short"),
                "p counts the units before and after, t those of the trunk.",
            ),
            Criterion(
                "parts",
                0.5,
                "poolings, r and the activation are for the mask",
                numbers("mask", "other"),
                "Hand `poolings`, `r` and `activation` on to `mask`, in this order.",
                requires=("numbers",),
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                behaves_well,
                "Give every part a name of its own, built from `name`.",
                requires=("numbers",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    quiz(
        "quiz_unit_parameters",
        LESSON,
        "Quiz: a unit",
        1,
        "the trainable parameters",
        "Three convolutions without biases, and three normalisations with two numbers a channel: how "
        "many channels enter each?",
    ),
    quiz(
        "quiz_module_units",
        LESSON,
        "Quiz: units in a module",
        1,
        "the units of the module",
        "Count before, trunk, after; then the mask: on the way down, at the bottom, on the way up, "
        "and on the skips.",
    ),
    quiz(
        "quiz_stacked",
        LESSON,
        "Quiz: masks in a row",
        1,
        "what comes out",
        "By which factor does one module multiply?",
    ),
)
