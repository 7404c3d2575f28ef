"""Lesson 06, CBAM: its two halves, how they are put together, and the block of ResNet-50 around them."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.checks.batch_norm_probe import NormalisedProbe, normalised
from course_lib.checks.criteria import (
    Test,
    behaves_well,
    every,
    has_shape,
    not_normalised,
    numbers,
)
from course_lib.checks.empty_branch import learns, passes_when_empty
from course_lib.checks.exercise import FIRST_CHANNEL, Criterion, Exercise, Look, Picture
from course_lib.checks.exercises.shared import (
    LARGE,
    NEGATED_AND_DOUBLED,
    ROUNDING,
    TELLING_CHANNELS,
    attention_map,
    call_blocks,
    call_name_first,
    factors_of,
    gate_rows,
    one_pixel,
    quiz,
    same_max,
    same_mean,
    spatial_attention_cases,
)
from course_lib.checks.probe import Case, Draw, LayerProbe

LESSON = "06_cbam"


def _known_channel(x: Any, name: str) -> Any:
    """A channel half without weights, handed to the answer: gates from both summaries of all channels.

    Answers are thus probed on their own, whatever was written for the exercises before.
    """
    from keras import layers, ops

    mean = ops.mean(x, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
    largest = ops.max(x, axis=(1, 2), keepdims=True)
    every_channel = ops.mean(mean, axis=-1, keepdims=True)  # (N, 1, 1, 1)
    gates = layers.Activation("sigmoid", name=name)(3 * mean - 2 * every_channel - 0.4 * largest)
    return x * gates


def _known_spatial(x: Any, name: str) -> Any:
    """A spatial half without weights, handed to the answer: its map looks at each position and around it."""
    from keras import layers, ops

    largest = ops.max(x, axis=-1, keepdims=True)  # (N, H, W, 1)
    mean = ops.mean(x, axis=-1, keepdims=True)
    around = layers.AveragePooling2D(3, strides=1, padding="same")(mean)
    mask = layers.Activation("sigmoid", name=name)(0.8 * largest - 2 * around - 0.7)
    return x * mask


def _channel_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    height = draw.size(5, 8)
    width = draw.size(5, 8, (height,))
    hidden = draw.size(5, 8, (height, width))
    reduction = draw.size(2, 5, (batch, height, width, hidden))
    channels = hidden * reduction
    both = ((channels, hidden), (hidden, channels))
    telling = ((TELLING_CHANNELS, TELLING_CHANNELS // 16), (TELLING_CHANNELS // 16, TELLING_CHANNELS))
    return (
        Case("plain", (height, width, channels), batch, (reduction,), kernels=both),
        Case("default", (width, height, TELLING_CHANNELS), batch, kernels=telling),
        # C // r drops a rest.
        Case("rest", (height, width, 17), batch, (6,), kernels=((17, 2), (2, 17))),
        Case("biased", (height, width, channels), batch, (reduction,), True, both),
    )


def _cbam_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: the order, where it is not the default."""
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    height, width = draw.size(7, 8), draw.size(9, 10)
    shape = (height, width, channels)
    return (
        Case("plain", shape, batch),
        Case("explicit", (width, height, channels + 2), batch + 1, ("channel_spatial",)),
        Case("turned", shape, batch, ("spatial_channel",)),
        Case("parallel", shape, batch, ("parallel",)),
    )


def _block_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: filters, and strides where they are not 1, of each block in a row."""
    batch, filters = draw.size(3, 4), draw.size(3, 4)
    # 9 to 5, 13 to 7: halved odd sizes, where all ways to pad take the same positions.
    height, width, wide = 9, 13, 4 * filters
    return (
        Case("plain", (height, width, wide), batch, ((filters,),)),
        Case("halved", (width, height, wide + 1), batch, ((filters, 2),)),
        Case("wider", (height, width, wide - 3), batch, ((filters,),)),
        # The second one keeps its channels and is halved.
        Case("row", (height, width, wide + 3), batch, ((filters, 2), (filters, 2))),
    )


def _in_order(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    """Call the answer; where an order is given, twice in a row, so that names which collide show."""
    if not arguments:
        return answer(x, _known_channel, _known_spatial, name)
    for number in range(2):
        x = answer(x, _known_channel, _known_spatial, f"{name}_{number}", *arguments)
    return x


_CHANNEL = LayerProbe(
    _channel_cases,
    call_name_first,
    {
        "same_mean": same_mean(1, 2),
        "same_max": same_max(1, 2),
        "halved": lambda x: x / 2,
        "negated": lambda x: -x,
        "large": lambda x: LARGE * x,
    },
)
_SPATIAL = NormalisedProbe(
    spatial_attention_cases,
    call_name_first,
    {
        "same_mean": same_mean(-1),
        "same_max": same_max(-1),
        "one_pixel": one_pixel,
        "turned": lambda x: x[..., ::-1].copy(),
        "halved": lambda x: x / 2,
        "large": lambda x: LARGE * x,
    },
    start=True,
)
_WHOLE = LayerProbe(
    _cbam_cases,
    _in_order,
    NEGATED_AND_DOUBLED,
)
_BLOCK = NormalisedProbe(
    _block_cases,
    call_blocks(_known_channel),
    NEGATED_AND_DOUBLED,
    own_statistics=("plain", "wider", "halved"),  # without and with a projection; where the strides are
)


def _scales(probe: LayerProbe, shared: tuple[int, ...], where: str, looks: dict[str, float]) -> Test:
    """Return a test that output / input is one number in (0, 1), the same along the `shared` axes only.

    Args:
        probe: The exercise's probe, for the inputs.
        shared: The axes along which the number is the same.
        where: These axes in words.
        looks: Further arrays of the case `plain`, each with the factor of x that it belongs to.
    """

    def test(look: Look) -> str | None:
        x = probe.inputs(look.seed)["plain"]
        found = []
        for name, factor in {"plain/output": 1.0, **looks}.items():
            ratio = factors_of(look.evidence.arrays, np.asarray(factor * x), name)
            if not np.isfinite(ratio[np.abs(factor * x) > 0.05]).all():
                return "the output has values that are not finite"
            spread = np.nanmax(np.nanmax(ratio, axis=shared) - np.nanmin(ratio, axis=shared))
            if spread > 1e-3:
                return f"output / input differs by up to {spread:.3g} {where}"
            found.append(np.nanmean(ratio, axis=shared))
        low, high = np.nanmin(found), np.nanmax(found)
        if low < -ROUNDING or high > 1 + ROUNDING:
            return f"the factors run from {low:.3g} to {high:.3g}; they should lie between 0 and 1"
        if all(np.nanmax(np.nanmax(each, axis=0) - np.nanmin(each, axis=0)) < 1e-3 for each in found):
            return "every image gets the same factors; they should come from the image"
        return None

    return test


EXERCISES = (
    Exercise(
        "cbam_channel_attention",
        LESSON,
        "Channel attention of CBAM",
        _CHANNEL,
        (
            Criterion(
                "gate",
                1,
                "every channel is scaled as a whole, by a gate between 0 and 1",
                every(
                    has_shape("plain", rank=4),
                    _scales(
                        _CHANNEL,
                        (1, 2),
                        "between positions of one channel",
                        {"plain/negated": -1.0, "plain/large": LARGE},
                    ),
                ),
                "Return the feature map times one gate per channel.",
            ),
            Criterion(
                "numbers",
                2,
                "one network for both summaries, added before the sigmoid",
                numbers("plain", "rest", "biased"),
                "Follow the equation from the inside out, once for each summary, with the same two layers.",
                requires=("gate",),
            ),
            Criterion(
                "default",
                0.5,
                "the reduction is 16 unless another is asked for",
                numbers("default"),
                "Divide the channels by `reduction`, and leave its default as it is.",
                requires=("gate",),
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                every(not_normalised, behaves_well),
                "Make the layers inside the function, and build their names from `name`.",
                requires=("numbers",),
            ),
        ),
        Picture("gates of three images (rows), channel by channel", gate_rows(_CHANNEL)),
    ),
    Exercise(
        "cbam_spatial_attention",
        LESSON,
        "Spatial attention of CBAM",
        _SPATIAL,
        (
            Criterion(
                "map",
                1,
                "every position is scaled alike in all channels, by a number between 0 and 1",
                every(
                    has_shape("plain", rank=4),
                    _scales(_SPATIAL, (-1,), "between channels at one position", {"plain/large": LARGE}),
                ),
                "Return the feature map times one map that all channels share.",
            ),
            Criterion(
                "numbers",
                1,
                "pool both ways, convolve, sigmoid, multiply",
                numbers("plain", "biased", "other_kernel"),
                "Check the two pooled maps, then the convolution's kernel, padding and activation.",
                requires=("map",),
            ),
            Criterion(
                "normalised",
                0.5,
                "the scores are normalised before the sigmoid",
                normalised,
                "`layers.BatchNormalization` stands between the convolution and the sigmoid.",
                requires=("numbers",),
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model, and starts with a map of one half",
                behaves_well,
                "Make the layers inside the function, name them after `name`, begin with a factor of 0.",
                requires=("numbers",),
            ),
        ),
        Picture("attention map of one image", attention_map(_SPATIAL)),
    ),
    Exercise(
        "cbam",
        LESSON,
        "CBAM",
        _WHOLE,
        (
            Criterion(
                "numbers",
                1.5,
                "channel first, then spatial on the refined map",
                every(has_shape("plain", rank=4), numbers("plain", "explicit")),
                "What `channel` returns goes into `spatial`, and what that returns comes back.",
            ),
            Criterion(
                "orders",
                1,
                "the other two arrangements",
                numbers("turned", "parallel"),
                "Look at `order`: for each of its three values, draw which part gets what.",
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                every(not_normalised, behaves_well),
                "Give each part a name of its own, built from `name`.",
                requires=("numbers",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "cbam_residual_block",
        LESSON,
        "Residual block with CBAM",
        _BLOCK,
        (
            Criterion(
                "shortcut",
                1,
                "an empty branch lets x through, unscaled",
                every(has_shape("plain", rank=4), passes_when_empty(_BLOCK), learns),
                "The branch ends with 4 · `filters` channels, and what is added to it is x itself.",
            ),
            Criterion(
                "numbers",
                1.5,
                "1×1, 3×3, 1×1, attend, add, ReLU",
                numbers("plain"),
                "Apply `attention` after the last normalisation of the branch, before the addition.",
                requires=("shortcut",),
            ),
            Criterion(
                "projection",
                1,
                "strides, and a shortcut that changes its shape where the branch does",
                every(has_shape("wider"), has_shape("halved"), numbers("wider", "halved", "row")),
                "The 3×3 convolution and the projection have the strides.",
                requires=("shortcut",),
            ),
            Criterion(
                "habits",
                0.5,
                "normalised, and works anywhere in a model",
                every(normalised, behaves_well),
                "Use `conv_norm` for every convolution, and build every name from `name`.",
                requires=("numbers",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    quiz(
        "quiz_cbam_parameters",
        LESSON,
        "Quiz: what CBAM costs",
        1,
        "the trainable parameters",
        "Two dense layers with biases; one kernel without; two numbers for the normalisation.",
    ),
    quiz(
        "quiz_untrained",
        LESSON,
        "Quiz: a CBAM that has learned nothing",
        1,
        "what comes out",
        "What is the sigmoid of 0? And how many sigmoids are there?",
    ),
    quiz(
        "quiz_small_kernels",
        LESSON,
        "Quiz: smaller kernels",
        1,
        "the parameters saved",
        "A kernel has height × width × maps that go in. Count one module, then all of them.",
    ),
)
