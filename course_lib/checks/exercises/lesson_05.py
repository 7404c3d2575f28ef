"""Lesson 05, BAM: its two branches, how they are joined, and its place at the bottlenecks of a network."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.checks.batch_norm_probe import NormalisedProbe, normalised
from course_lib.checks.criteria import behaves_well, every, has_shape, not_normalised, numbers
from course_lib.checks.evidence import Array
from course_lib.checks.exercise import FIRST_CHANNEL, Criterion, Exercise, Look, Picture
from course_lib.checks.exercises.shared import (
    LARGE,
    TELLING_CHANNELS,
    call_name_first,
    call_name_last,
    known_block,
    no_attention,
    quiz,
    same_mean,
)
from course_lib.checks.probe import Case, Draw, LayerProbe

LESSON = "05_bam"
_DILATION = 3  # of the case whose reach is looked at
_PIXEL = (6, 7)  # row and column that are changed there
_ROUNDING = 1e-4  # how far output / input may pass 1 or 2


def _known_attention(x: Any, name: str) -> Any:
    """Attention without weights, handed to the answer: its gates depend on the size of the map it gets."""
    from keras import layers, ops

    peak = ops.max(x, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
    gates = layers.Activation("sigmoid", name=name)(2 * peak - 3 * ops.mean(x, axis=-1, keepdims=True))
    return x * (0.5 + gates)


def _known_channel_branch(x: Any, name: str) -> Any:
    """Scores of the channels without weights, (N, 1, 1, C)."""
    from keras import layers, ops

    mean = ops.mean(x, axis=(1, 2), keepdims=True)
    return layers.Rescaling(2.5, offset=-0.4, name=name + "_narrow")(mean)


def _known_spatial_branch(x: Any, name: str) -> Any:
    """Scores of the positions without weights, (N, H, W, 1).

    Its layer's name ends as the other branch's does, so that one name for both branches shows."""
    from keras import layers, ops

    mean, largest = ops.mean(x, axis=-1, keepdims=True), ops.max(x, axis=-1, keepdims=True)
    return layers.Rescaling(1.5, offset=-0.9, name=name + "_narrow")(largest - 2 * mean)


def _sizes(draw: Draw) -> tuple[int, int, int]:
    """Batch, hidden width and reduction ratio: all different, none 1."""
    batch = draw.size(3, 4)
    hidden = draw.size(5, 7)
    return batch, hidden, draw.size(2, 3, (batch,))


def _channel_cases(draw: Draw) -> tuple[Case, ...]:
    batch, hidden, reduction = _sizes(draw)
    height, width = draw.size(8, 9), draw.size(10, 11)
    channels = hidden * reduction
    kernels = ((channels, hidden), (hidden, channels))
    return (
        Case("plain", (height, width, channels), batch, (reduction,), kernels=kernels),
        Case(
            "default",
            (width, height, TELLING_CHANNELS),
            batch,
            kernels=((TELLING_CHANNELS, 15), (15, TELLING_CHANNELS)),
        ),
        # C // r drops a rest.
        Case("rest", (height, width, 17), batch, (6,), kernels=((17, 2), (2, 17))),
        Case("biased", (height, width, channels), batch, (reduction,), True, kernels),
    )


def _spatial_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: reduction and dilation; without them the paper's 16 and 4."""
    batch, hidden, reduction = _sizes(draw)
    height, width = draw.size(13, 14), draw.size(15, 16)
    channels = hidden * reduction
    return (
        Case("plain", (height, width, channels), batch, (reduction, _DILATION)),
        Case("default", (width, height, TELLING_CHANNELS), batch),
        Case("near", (7, 9, channels), batch + 1, (reduction, 1)),
        Case("rest", (7, 9, 17), batch, (6, 1)),  # C // r drops a rest
    )


def _bam_cases(draw: Draw) -> tuple[Case, ...]:
    branches = (_known_channel_branch, _known_spatial_branch)
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    height, width = draw.size(7, 8), draw.size(9, 10)
    return (
        Case("plain", (height, width, channels), batch, branches),
        # As many channels as rows, and as images: a wrong broadcast must show.
        Case("even", (batch + 1, width, batch + 1), batch + 1, branches),
        Case("other", (width, height, channels + 7), batch, branches),
    )


def _network_cases(draw: Draw) -> tuple[Case, ...]:
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    height, width = draw.size(17, 18), draw.size(20, 21)
    four, units = (7, 9, 11, 8), (1, 2, 1, 2)
    return (
        Case("plain", (height, width, channels), batch, (four, units, known_block, _known_attention)),
        Case("bare", (height, width, channels), batch, (four, units, known_block, no_attention)),
        Case(
            "two_stages", (width, height, channels), batch, ((8, 12), (3, 2), known_block, _known_attention)
        ),
        Case(
            "level", (height, width, 8), batch, ((8, 8, 11, 11), (1, 2, 1, 1), known_block, _known_attention)
        ),
        Case("one_stage", (width, height, channels), batch, ((6,), (2,), known_block, _known_attention)),
    )


def _one_pixel(x: Array) -> Array:
    """Return images with another value at one position; images too small to have it stay as they are."""
    changed = x.copy()
    changed[:, _PIXEL[0] : _PIXEL[0] + 1, _PIXEL[1] : _PIXEL[1] + 1, :] += 1.5
    return changed


_CHANNEL = NormalisedProbe(
    _channel_cases,
    call_name_first,
    {"same_mean": same_mean(1, 2), "negated": lambda x: -x},
)
_SPATIAL = NormalisedProbe(
    _spatial_cases,
    call_name_first,
    {"one_pixel": _one_pixel, "negated": lambda x: -x},
)
_BAM = LayerProbe(
    _bam_cases,
    call_name_last,
    {"negated": lambda x: -x, "large": lambda x: LARGE * x},
)
_NETWORK = LayerProbe(_network_cases, call_name_last)


def _from_the_means(look: Look) -> str | None:
    """The scores follow the image, and nothing of it but the mean of each channel."""
    output, same, negated = (
        np.asarray(look.evidence.arrays[f"plain/{name}"], np.float64)
        for name in ("output", "same_mean", "negated")
    )
    if not np.allclose(output, same, atol=1e-3):
        return "the scores change when the channels change and their means do not"
    rows = np.concatenate([output, negated]).reshape(2 * len(output), -1)  # one of the two passes a ReLU
    return "every image gets the same scores" if np.ptp(rows, axis=0).max() < 1e-3 else None


def _looks_that_far(look: Look) -> str | None:
    """A changed position shows at distances of 0, d and 2d rows and columns, and nowhere else."""
    before, after = (
        np.asarray(look.evidence.arrays[f"plain/{name}"], np.float64) for name in ("output", "one_pixel")
    )
    apart = np.abs(after - before).max(axis=(0, 3))  # (H, W)
    rows, columns = (np.abs(np.arange(size) - at) for size, at in zip(apart.shape, _PIXEL, strict=True))
    seen = [[row, column] for row, column in np.argwhere(apart > 1e-4)]
    if not seen:
        return "a change of the input does not show in the map"
    furthest = max(max(rows[row], columns[column]) for row, column in seen)
    if furthest != 2 * _DILATION:
        return (
            f"with a dilation of {_DILATION} a change shows up to {furthest} positions away, "
            f"not {2 * _DILATION}"
        )
    if any(rows[row] % _DILATION or columns[column] % _DILATION for row, column in seen):
        return f"a change shows at distances that are no multiples of the dilation, {_DILATION}"
    return None


def _between_one_and_two(look: Look) -> str | None:
    """Output / input lies between 1 and 2, and differs between channels and between positions."""
    x = _BAM.inputs(look.seed)["plain"]
    for name, given in (("large", LARGE * x), ("negated", -x), ("output", x)):
        output = np.asarray(look.evidence.arrays[f"plain/{name}"], np.float64).reshape(x.shape)
        ratio = np.where(np.abs(given) > 0.05, output / np.where(given == 0, 1, given), 1.5)
        shown = ratio[np.abs(given) > 0.05]
        low, high = shown.min(), shown.max()
        if not np.isfinite(ratio).all() or low < 1 - _ROUNDING or high > 2 + _ROUNDING:
            return f"output / input runs from {low:.3g} to {high:.3g}; it should lie between 1 and 2"
    if np.ptp(ratio, axis=-1).max() < 1e-3 or np.ptp(ratio, axis=(1, 2)).max() < 1e-3:
        return "output / input is the same for all channels, or at all positions"
    return None


def _score_rows(arrays: dict[str, Array], seed: int) -> Array:
    """The channel scores of the first images: one row an image, one column a channel."""
    output = np.asarray(arrays["plain/output"])
    return output.reshape(len(output), -1)[:3]


def _first_ratio(arrays: dict[str, Array], seed: int) -> Array:
    """Output / input in the first channel of the first image, (H, W)."""
    x = _BAM.inputs(seed)["plain"]
    output = np.asarray(arrays["plain/output"], np.float64).reshape(x.shape)
    return np.asarray((output / np.where(x == 0, 1, x))[0, ..., 0])


EXERCISES = (
    Exercise(
        "bam_channel_branch",
        LESSON,
        "BAM's channel branch",
        _CHANNEL,
        (
            Criterion(
                "shape",
                1,
                "one score per channel, made from the channel means",
                every(has_shape("plain", rank=4), _from_the_means),
                "Average over height and width with `keepdims=True`, then two dense layers.",
            ),
            Criterion(
                "numbers",
                1,
                "mean, narrow layer, ReLU, wide layer",
                numbers("plain", "default", "rest", "biased"),
                "Follow the equation from the inside out. No sigmoid: these are scores.",
                requires=("shape",),
            ),
            Criterion(
                "habits",
                1,
                "normalised, and works anywhere in a model",
                every(normalised, behaves_well),
                "Batch normalisation stands before the ReLU; build layer names from `name`.",
                requires=("numbers",),
            ),
        ),
        Picture("scores of the channels (columns) of three images (rows)", _score_rows),
    ),
    Exercise(
        "bam_spatial_branch",
        LESSON,
        "BAM's spatial branch",
        _SPATIAL,
        (
            Criterion(
                "shape",
                1,
                "one map of the input's height and width",
                has_shape("plain", rank=4),
                'Use `padding="same"` in the 3×3 convolutions, and one filter in the last one.',
            ),
            Criterion(
                "reach",
                1,
                "looks twice the dilation far",
                _looks_that_far,
                "Both 3×3 convolutions have `dilation_rate=dilation`; the 1×1 convolutions have none.",
                requires=("shape",),
            ),
            Criterion(
                "numbers",
                1,
                "narrow, dilated, dilated, one map",
                numbers("plain", "default", "near", "rest"),
                "Four convolutions, a ReLU behind each of the first three. No sigmoid: these are scores.",
                requires=("shape",),
            ),
            Criterion(
                "habits",
                1,
                "normalised, and works anywhere in a model",
                every(normalised, behaves_well),
                "Batch normalisation stands before each ReLU; build layer names from `name`.",
                requires=("numbers",),
            ),
        ),
        Picture("map of one image", FIRST_CHANNEL.draw),
    ),
    Exercise(
        "bam",
        LESSON,
        "BAM",
        _BAM,
        (
            Criterion(
                "range",
                1,
                "every value grows by a factor between 1 and 2",
                every(has_shape("plain", rank=4), _between_one_and_two),
                "M is a sigmoid, between 0 and 1. The output is x times (1 + M).",
            ),
            Criterion(
                "numbers",
                2,
                "x · (1 + sigmoid(Mc + Ms))",
                numbers("plain", "even", "other"),
                "Add the two branches, then one sigmoid, then 1 + M.",
                requires=("range",),
            ),
            Criterion(
                "habits",
                1,
                "works anywhere in a model",
                every(not_normalised, behaves_well),
                "Hand on names that are built from `name`.",
                requires=("numbers",),
            ),
        ),
        Picture("output / input in one channel of one image", _first_ratio),
    ),
    Exercise(
        "bam_stages",
        LESSON,
        "BAM at the bottlenecks",
        _NETWORK,
        (
            Criterion(
                "stages",
                1,
                "the stages, each with its blocks",
                every(has_shape("plain", rank=4), numbers("bare")),
                "Go through `widths` and `units` together; the first block of a later stage has `strides=2`.",
            ),
            Criterion(
                "bottlenecks",
                1.5,
                "attention where a stage ends and another follows",
                numbers("plain", "two_stages", "level", "one_stage"),
                "Apply `attention` once behind every stage but the last, before the size is halved.",
                requires=("stages",),
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                every(not_normalised, behaves_well),
                "Give each block and each attention a name of its own, built from `name`.",
                requires=("bottlenecks",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    quiz(
        "quiz_bam_parameters",
        LESSON,
        "Quiz: the parameters of a module",
        1,
        "the trainable parameters",
        "Six layers with biases; four batch normalisations with two numbers a channel.",
    ),
    quiz(
        "quiz_bam_positions",
        LESSON,
        "Quiz: positions that count",
        1,
        "the positions",
        "Count rows first: which offsets meet?",
    ),
    quiz(
        "quiz_bam_network",
        LESSON,
        "Quiz: what BAM adds",
        1,
        "the parameters added",
        "Three modules, one per bottleneck.",
    ),
)
