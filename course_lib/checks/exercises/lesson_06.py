"""Lesson 06, CBAM: its two halves, how they are put together, and the block of ResNet-50 around them."""

from __future__ import annotations

from collections.abc import Callable
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
    the_number,
)
from course_lib.checks.empty_branch import learns, passes_when_empty
from course_lib.checks.evidence import Array
from course_lib.checks.exercise import FIRST_CHANNEL, Criterion, Exercise, Look, Picture
from course_lib.checks.probe import Case, Draw, LayerProbe, NumberProbe

LESSON = "06_cbam"
TELLING = 240  # a number of channels at which reductions of 15, 16 and 17 leave different widths
ROUNDING = 1e-5  # how far output / input may pass 0 or 1
LARGE = 8.0  # far enough out that scores show which only happen to lie between 0 and 1


def known_channel(x: Any, name: str) -> Any:
    """A channel half without weights, handed to the answer: gates from both summaries of all channels.

    Answers are thus probed on their own, whatever was written for the exercises before.
    """
    from keras import layers, ops

    mean = ops.mean(x, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
    largest = ops.max(x, axis=(1, 2), keepdims=True)
    every_channel = ops.mean(mean, axis=-1, keepdims=True)  # (N, 1, 1, 1)
    gates = layers.Activation("sigmoid", name=name)(3 * mean - 2 * every_channel - 0.4 * largest)
    return x * gates


def known_spatial(x: Any, name: str) -> Any:
    """A spatial half without weights, handed to the answer: its map looks at each position and around it."""
    from keras import layers, ops

    largest = ops.max(x, axis=-1, keepdims=True)  # (N, H, W, 1)
    mean = ops.mean(x, axis=-1, keepdims=True)
    around = layers.AveragePooling2D(3, strides=1, padding="same")(mean)
    mask = layers.Activation("sigmoid", name=name)(0.8 * largest - 2 * around - 0.7)
    return x * mask


def channel_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    height = draw.size(5, 8)
    width = draw.size(5, 8, (height,))
    hidden = draw.size(5, 8, (height, width))
    reduction = draw.size(2, 5, (batch, height, width, hidden))
    channels = hidden * reduction
    both = ((channels, hidden), (hidden, channels))
    telling = ((TELLING, TELLING // 16), (TELLING // 16, TELLING))
    return (
        Case("plain", (height, width, channels), batch, (reduction,), kernels=both),
        Case("default", (width, height, TELLING), batch, kernels=telling),
        # C // r drops a rest.
        Case("rest", (height, width, 17), batch, (6,), kernels=((17, 2), (2, 17))),
        Case("biased", (height, width, channels), batch, (reduction,), True, both),
    )


def spatial_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    height, width = draw.size(9, 10), draw.size(11, 13)  # wide enough that 7×7 differs from 5×5 inside
    channels = draw.size(5, 8)
    return (
        Case("plain", (height, width, channels), batch, kernels=2 * ((7, 7, 1),)),
        Case("other_kernel", (width, height, channels + 1), batch, (5,), kernels=2 * ((5, 5, 1),)),
        Case("biased", (height, width, channels), batch, biases=True, kernels=2 * ((7, 7, 1),)),
    )


def cbam_cases(draw: Draw) -> tuple[Case, ...]:
    """Arguments: the order, where it is not the default."""
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    height, width = draw.size(7, 8), draw.size(9, 10)
    shape = (height, width, channels)
    return (
        Case("plain", shape, batch),
        Case("explicit", (width, height, channels + 2), batch + 1, ("channel_spatial",)),
        Case("turned", shape, batch, ("spatial_channel",)),
        Case("parallel", shape, batch, ("parallel",)),
    )


def block_cases(draw: Draw) -> tuple[Case, ...]:
    """Arguments: filters, and strides where they are not 1, of each block in a row."""
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


def residual(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    for number, (filters, *strides) in enumerate(arguments):
        x = answer(x, filters, known_channel, f"{name}_{number}", *strides)
    return x


def in_order(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    """With an order that is asked for, the answer is used twice, so that names which collide show."""
    if not arguments:
        return answer(x, known_channel, known_spatial, name)
    for number in range(2):
        x = answer(x, known_channel, known_spatial, f"{name}_{number}", *arguments)
    return x


def ripple(x: Array) -> Array:
    """Values of x's shape that are different everywhere, in [-1, 1]."""
    return np.cos(np.arange(x.size, dtype=np.float64) * 1.7).reshape(x.shape)


def same_mean(*axes: int) -> Callable[[Array], Array]:
    """Another feature map with the same mean over these axes, and another maximum."""

    def change(x: Array) -> Array:
        noise = 2 * ripple(x)
        return np.asarray(x + noise - noise.mean(axis=axes, keepdims=True), np.float32)

    return change


def same_max(*axes: int) -> Callable[[Array], Array]:
    """Another feature map with the same maximum over these axes: what is below the maximum sinks."""

    def change(x: Array) -> Array:
        top = x == x.max(axis=axes, keepdims=True)
        return np.where(top, x, x - 1 - ripple(x)).astype(np.float32)

    return change


def one_pixel(x: Array) -> Array:
    """Another value at one position of every image."""
    changed = x.copy()
    changed[:, 4, 5, :] += 1.5
    return changed


CHANNEL = LayerProbe(
    channel_cases,
    lambda answer, x, name, arguments: answer(x, name, *arguments),
    {
        "same_mean": same_mean(1, 2),
        "same_max": same_max(1, 2),
        "halved": lambda x: x / 2,
        "negated": lambda x: -x,
        "large": lambda x: LARGE * x,
    },
)
SPATIAL = NormalisedProbe(
    spatial_cases,
    lambda answer, x, name, arguments: answer(x, name, *arguments),
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
WHOLE = LayerProbe(
    cbam_cases,
    in_order,
    {"negated": lambda x: -x, "doubled": lambda x: 2 * x},
)
BLOCK = NormalisedProbe(
    block_cases,
    residual,
    {"negated": lambda x: -x, "doubled": lambda x: 2 * x},
    own_statistics=("plain", "wider", "halved"),  # without and with a projection; where the strides are
)


def factors_of(arrays: dict[str, Array], x: Array, name: str) -> Array:
    """Output divided by input, (N, H, W, C); NaN where the input is too small."""
    output = np.asarray(arrays[name], np.float64).reshape(x.shape)
    return np.where(np.abs(x) > 0.05, output / np.where(x == 0, 1, x), np.nan)


def scales(probe: LayerProbe, shared: tuple[int, ...], where: str, looks: dict[str, float]) -> Test:
    """Output / input is one number in (0, 1), the same along the `shared` axes and not along all others.

    where: the shared axes in words. looks: further looks at the case `plain`, each with its factor of x.
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


def gate_rows(arrays: dict[str, Array], seed: int) -> Array:
    """The gates of the first images: one row an image, one column a channel."""
    x = CHANNEL.inputs(seed)["plain"]
    return np.asarray(np.nanmean(factors_of(arrays, x, "plain/output"), axis=(1, 2))[:3])


def first_map(arrays: dict[str, Array], seed: int) -> Array:
    """The attention map of the first image, (H, W)."""
    x = SPATIAL.inputs(seed)["plain"]
    return np.asarray(np.nanmean(factors_of(arrays, x, "plain/output")[0], axis=-1))


EXERCISES = (
    Exercise(
        "cbam_channel_attention",
        LESSON,
        "Channel attention of CBAM",
        CHANNEL,
        (
            Criterion(
                "gate",
                1,
                "every channel is scaled as a whole, by a gate between 0 and 1",
                every(
                    has_shape("plain", rank=4),
                    scales(
                        CHANNEL,
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
        Picture("gates of three images (rows), channel by channel", gate_rows),
    ),
    Exercise(
        "cbam_spatial_attention",
        LESSON,
        "Spatial attention of CBAM",
        SPATIAL,
        (
            Criterion(
                "map",
                1,
                "every position is scaled alike in all channels, by a number between 0 and 1",
                every(
                    has_shape("plain", rank=4),
                    scales(SPATIAL, (-1,), "between channels at one position", {"plain/large": LARGE}),
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
        Picture("attention map of one image", first_map),
    ),
    Exercise(
        "cbam",
        LESSON,
        "CBAM",
        WHOLE,
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
        BLOCK,
        (
            Criterion(
                "shortcut",
                1,
                "an empty branch lets x through, unscaled",
                every(has_shape("plain", rank=4), passes_when_empty(BLOCK), learns),
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
    Exercise(
        "quiz_cbam_parameters",
        LESSON,
        "Quiz: what CBAM costs",
        NumberProbe(),
        (
            Criterion(
                "number",
                1,
                "the trainable parameters",
                the_number,
                "Two dense layers with biases; one kernel without; two numbers for the normalisation.",
            ),
        ),
    ),
    Exercise(
        "quiz_untrained",
        LESSON,
        "Quiz: a CBAM that has learned nothing",
        NumberProbe(),
        (
            Criterion(
                "number",
                1,
                "what comes out",
                the_number,
                "What is the sigmoid of 0? And how many sigmoids are there?",
            ),
        ),
    ),
    Exercise(
        "quiz_small_kernels",
        LESSON,
        "Quiz: smaller kernels",
        NumberProbe(),
        (
            Criterion(
                "number",
                1,
                "the parameters saved",
                the_number,
                "A kernel has height × width × maps that go in. Count one module, then all of them.",
            ),
        ),
    ),
)
