"""Lesson 01, channel attention: squeeze, excitation, the whole block, and its parameter count."""

from __future__ import annotations

import numpy as np

from course_lib.checks.criteria import (
    behaves_well,
    every,
    has_shape,
    numbers,
)
from course_lib.checks.evidence import Array
from course_lib.checks.exercise import Criterion, Exercise, Look, Picture
from course_lib.checks.exercises.shared import (
    LARGE,
    ROUNDING,
    TELLING_CHANNELS,
    call_name_first,
    factors_of,
    gate_rows,
    quiz,
    same_mean,
    whole_number,
)
from course_lib.checks.probe import Case, Draw, FunctionProbe, LayerProbe

LESSON = "01_channel_attention"


def _sizes(draw: Draw) -> tuple[int, int, int, int, int]:
    """Batch, height, width, hidden width and reduction ratio: all different, none 1."""
    batch = draw.size(3, 4)
    height = draw.size(5, 8)
    width = draw.size(5, 8, (height,))
    hidden = draw.size(5, 8, (height, width))
    reduction = draw.size(2, 5, (batch, height, width, hidden))
    return batch, height, width, hidden, reduction


def _two_layers(channels: int, hidden: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the shapes of the equation's two matrices."""
    return (channels, hidden), (hidden, channels)


def _squeeze_cases(draw: Draw) -> tuple[Case, ...]:
    batch, height, width, hidden, reduction = _sizes(draw)
    return (
        Case("plain", (height, width, hidden * reduction), batch),
        # Both sizes odd: no pooling in pairs. Biases known: the mean has none.
        Case("other", (9, 11, hidden + 1), batch + 1, biases=True),
    )


def _excitation_cases(draw: Draw) -> tuple[Case, ...]:
    batch, _, _, hidden, reduction = _sizes(draw)
    channels = hidden * reduction
    return (
        Case("plain", (channels,), batch + 4, (channels, reduction), kernels=_two_layers(channels, hidden)),
        # C // r is 2 with a rest: rounding up, and a smallest width, must show.
        Case("other", (17,), batch + 3, (17, 6), kernels=_two_layers(17, 2)),
        Case("biased", (channels,), batch + 4, (channels, reduction), True, _two_layers(channels, hidden)),
    )


def _attention_cases(draw: Draw) -> tuple[Case, ...]:
    batch, height, width, hidden, reduction = _sizes(draw)
    channels = hidden * reduction
    return (
        Case("plain", (height, width, channels), batch, (reduction,), kernels=_two_layers(channels, hidden)),
        Case(
            "default",
            (width, height, TELLING_CHANNELS),
            batch,
            kernels=_two_layers(TELLING_CHANNELS, TELLING_CHANNELS // 16),
        ),
        Case("biased", (height, width, channels), batch, (reduction,), True, _two_layers(channels, hidden)),
    )


def _scales_whole_channels(look: Look, case: str = "plain") -> str | None:
    """Output / input is one number in (0, 1) per image and channel, and follows the image."""
    x = _ATTENTION.inputs(look.seed)[case]
    seen = [(f"{case}/output", x)]
    if case == "plain":
        # Whatever a batch normalisation learns, gates stay gates.
        seen += [("plain/negated", -x), ("plain/large", LARGE * x), ("normed/output", x)]
    gates = []
    for name, given in seen:
        ratio = factors_of(look.evidence.arrays, given, name)
        if not np.isfinite(ratio[np.abs(given) > 0.05]).all():
            return "the output has values that are not finite"
        spread = np.nanmax(ratio, axis=(1, 2)) - np.nanmin(ratio, axis=(1, 2))
        if np.max(spread) > 1e-3:
            return f"output / input differs by up to {np.max(spread):.3g} between positions of one channel"
        gates.append(np.nanmean(ratio, axis=(1, 2)))
    return _plausible_gates(np.concatenate(gates))


def _plausible_gates(gates: Array) -> str | None:
    """Gates (N, C) lie between 0 and 1 and differ from image to image.

    The negatives of the images should be among them: a ReLU may be silent for the ones, not for both. Large
    images show scores that only happen to lie between 0 and 1.
    """
    if not np.isfinite(gates).all() or gates.min() < -ROUNDING or gates.max() > 1 + ROUNDING:
        return f"the gates run from {gates.min():.3g} to {gates.max():.3g}; they should lie between 0 and 1"
    if np.ptp(gates, axis=0).max() < 1e-3:
        return "every image gets the same gates; they should come from the image"
    return None


def _excitation_gates(look: Look, case: str = "plain") -> str | None:
    """(N, C) values in (0, 1) that follow the descriptor."""
    if problem := has_shape(case)(look):
        return problem
    names = (
        [*(f"plain/{name}" for name in ("output", "negated", "large")), "normed/output"]
        if case == "plain"
        else [f"{case}/output"]
    )
    gates = np.concatenate([np.asarray(look.evidence.arrays[name], np.float64) for name in names])
    return _plausible_gates(gates.reshape(gates.shape[0], -1))


def _varies_with_image(look: Look) -> str | None:
    output = np.asarray(look.evidence.arrays["plain/output"], np.float64)
    return "every image gives the same descriptor" if np.ptp(output, axis=0).max() < 1e-6 else None


_SQUEEZE = LayerProbe(_squeeze_cases, call_name_first)
_EXCITATION = LayerProbe(
    _excitation_cases,
    lambda answer, z, name, arguments: answer(z, *arguments, name),
    {"halved": lambda z: z / 2, "negated": lambda z: -z, "large": lambda z: LARGE * z},
)
_ATTENTION = LayerProbe(
    _attention_cases,
    call_name_first,
    {
        "same_mean": same_mean(1, 2),
        "halved": lambda x: x / 2,
        "negated": lambda x: -x,
        "large": lambda x: LARGE * x,
    },
)


def _parameter_inputs(draw: Draw) -> dict[str, tuple[int, int]]:
    """Pairs (C, r), every other one with C no multiple of r."""
    pairs: dict[str, tuple[int, int]] = {}
    for number in range(4):
        reduction = draw.size(2, 16)
        rest = reduction - 1 if number % 2 else 0  # C // r drops a rest
        pairs[f"pair{number}"] = (reduction * draw.size(3, 40) + rest, reduction)
    return pairs


EXERCISES = (
    Exercise(
        "squeeze",
        LESSON,
        "Squeeze",
        _SQUEEZE,
        (
            Criterion(
                "shape",
                1,
                "one number per channel",
                every(has_shape("plain"), _varies_with_image),
                "Average away height and width, axes 1 and 2, and keep the channels.",
            ),
            Criterion(
                "numbers",
                1,
                "the mean of each channel map",
                numbers("plain", "other", "normed"),
                "Work out one channel of a tiny map by hand and compare.",
                requires=("shape",),
            ),
            Criterion(
                "habits",
                1,
                "works anywhere in a model",
                behaves_well,
                "Build layer names from `name`.",
                requires=("numbers",),
            ),
        ),
    ),
    Exercise(
        "excitation",
        LESSON,
        "Excitation",
        _EXCITATION,
        (
            Criterion(
                "gates",
                1,
                "one gate between 0 and 1 per channel",
                _excitation_gates,
                "The last layer has C units and an activation that ends between 0 and 1.",
            ),
            Criterion(
                "numbers",
                2,
                "the two layers of the equation",
                numbers("plain", "other", "biased"),
                "Follow the equation from the inside out: narrow layer, activation, wide layer, activation.",
                requires=("gates",),
            ),
            Criterion(
                "habits",
                1,
                "works anywhere in a model",
                behaves_well,
                "Make the layers inside the function and build their names from `name`.",
                requires=("numbers",),
            ),
        ),
    ),
    Exercise(
        "channel_attention",
        LESSON,
        "Channel attention",
        _ATTENTION,
        (
            Criterion(
                "gate",
                2,
                "every channel is scaled as a whole, by a gate between 0 and 1",
                every(has_shape("plain", rank=4), _scales_whole_channels),
                "Return the feature map times one gate per channel.",
            ),
            Criterion(
                "numbers",
                2,
                "squeeze, excite, scale",
                numbers("plain", "default", "biased"),
                "Check each of your two functions on its own, then how they are put together.",
                requires=("gate",),
            ),
            Criterion(
                "habits",
                1,
                "works anywhere in a model",
                behaves_well,
                "Pass `name` on, and make new layers at each call.",
                requires=("numbers",),
            ),
        ),
        Picture("gates of three images (rows), channel by channel", gate_rows(_ATTENTION)),
    ),
    Exercise(
        "se_parameters",
        LESSON,
        "Parameters of the block",
        FunctionProbe(_parameter_inputs),
        (
            Criterion(
                "numbers",
                1.5,
                "weights and biases of both layers",
                numbers("pair0", "pair1", "pair2", "pair3"),
                "A layer from m to n numbers has m·n weights and n biases.",
            ),
            Criterion(
                "whole",
                0.5,
                "a whole number",
                whole_number("pair0", "580.0"),
                "Divide with `//`, which stays among the whole numbers.",
                requires=("numbers",),
            ),
        ),
    ),
    quiz(
        "quiz_se_parameters",
        LESSON,
        "Quiz: the cost of a block",
        2,
        "the number of parameters",
        "Use your own function.",
    ),
    quiz(
        "quiz_hidden_width",
        LESSON,
        "Quiz: the bottleneck",
        1,
        "the hidden width",
        "The bottleneck has C // r units.",
    ),
)
