"""Lesson 02, spatial attention: pool over channels, then one map for all channels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_lib.checks.criteria import (
    behaves_well,
    every,
    has_shape,
    numbers,
    the_number,
)
from course_lib.checks.evidence import Array
from course_lib.checks.exercise import Criterion, Exercise, Look, Picture
from course_lib.checks.probe import Case, Draw, LayerProbe, NumberProbe

LESSON = "02_spatial_attention"
LARGE = 8.0  # far enough out that scores show which only happen to lie between 0 and 1
ROUNDING = 1e-5  # how far output / input may pass 0 or 1


def pool_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    height, width = draw.size(5, 8), draw.size(9, 11)
    return (
        Case("plain", (height, width, draw.size(12, 16)), batch),
        Case("other", (width, height, draw.size(3, 4)), batch + 2, biases=True),
    )


def attention_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    height, width = draw.size(9, 10), draw.size(11, 13)  # wide enough that 7×7 differs from 5×5 inside
    channels = draw.size(5, 8)
    return (
        Case("plain", (height, width, channels), batch, kernels=2 * ((7, 7, 1),)),
        Case("other_kernel", (width, height, channels + 1), batch, (5,), kernels=2 * ((5, 5, 1),)),
        Case("biased", (height, width, channels), batch, biases=True, kernels=2 * ((7, 7, 1),)),
    )


def ripple(x: Array) -> Array:
    """Values of x's shape that are different everywhere, in [-1, 1]."""
    return np.cos(np.arange(x.size, dtype=np.float64) * 1.7).reshape(x.shape)


def same_mean(x: Array) -> Array:
    """The same mean over channels at every position, another maximum."""
    noise = 2 * ripple(x)
    return np.asarray(x + noise - noise.mean(axis=-1, keepdims=True), np.float32)


def same_max(x: Array) -> Array:
    """The same maximum over channels at every position, another mean: what is below the maximum sinks."""
    return np.where(x == x.max(axis=-1, keepdims=True), x, x - 1 - ripple(x)).astype(np.float32)


def one_pixel(x: Array) -> Array:
    """Another value at one position of every image."""
    changed = x.copy()
    changed[:, 4, 5, :] += 1.5
    return changed


CHANGES: dict[str, Callable[[Array], Array]] = {
    "same_mean": same_mean,
    "same_max": same_max,
    "one_pixel": one_pixel,
    "turned": lambda x: x[..., ::-1].copy(),
    "halved": lambda x: x / 2,
    "large": lambda x: LARGE * x,
}
# Far below zero, a maximum that was cut off at zero shows.
POOL = LayerProbe(pool_cases, lambda answer, x, name, _: answer(x, name), {"sunk": lambda x: x - 5})
ATTENTION = LayerProbe(
    attention_cases, lambda answer, x, name, arguments: answer(x, name, *arguments), CHANGES
)


def mask_of(arrays: dict[str, Array], x: Array, name: str) -> Array:
    """Output divided by input, (N, H, W, C); NaN where the input is too small."""
    output = np.asarray(arrays[name], np.float64).reshape(x.shape)
    return np.where(np.abs(x) > 0.05, output / np.where(x == 0, 1, x), np.nan)


def one_map_for_all_channels(look: Look, case: str = "plain") -> str | None:
    """Output / input is one number in (0, 1) per position, the same for every channel."""
    x = ATTENTION.inputs(look.seed)[case]
    seen = [(f"{case}/output", x)]
    if case == "plain":
        # Whatever a batch normalisation learns, the map stays a map.
        seen += [("plain/large", LARGE * x), ("normed/output", x)]
    maps = []
    for name, given in seen:
        ratio = mask_of(look.evidence.arrays, given, name)
        if not np.isfinite(ratio[np.abs(given) > 0.05]).all():
            return "the output has values that are not finite"
        spread = np.nanmax(np.nanmax(ratio, axis=-1) - np.nanmin(ratio, axis=-1))
        if spread > 1e-3:
            return f"output / input differs by up to {spread:.3g} between channels at one position"
        maps.append(np.nanmean(ratio, axis=-1))
    low, high = np.nanmin(maps), np.nanmax(maps)
    if low < -ROUNDING or high > 1 + ROUNDING:
        return f"the map runs from {low:.3g} to {high:.3g}; it should lie between 0 and 1"
    if np.nanmax(np.nanmax(maps[0], axis=(1, 2)) - np.nanmin(maps[0], axis=(1, 2))) < 1e-3:
        return "the map is the same at every position"
    return None


def first_map(arrays: dict[str, Array], seed: int) -> Array:
    """The attention map of the first image, (H, W)."""
    x = ATTENTION.inputs(seed)["plain"]
    return np.asarray(np.nanmean(mask_of(arrays, x, "plain/output")[0], axis=-1))


EXERCISES = (
    Exercise(
        "channel_pool",
        LESSON,
        "Pool over the channels",
        POOL,
        (
            Criterion(
                "shape",
                1,
                "two maps of the same height and width",
                has_shape("plain", rank=4),
                "Pool over the last axis, keep that axis with size 1, and put the two maps side by side.",
            ),
            Criterion(
                "numbers",
                2,
                "the mean and the maximum over the channels",
                numbers("plain", "other", "normed"),
                "Take one pixel of a tiny map and work out both numbers by hand.",
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
        "spatial_attention",
        LESSON,
        "Spatial attention",
        ATTENTION,
        (
            Criterion(
                "map",
                2,
                "every position is scaled alike in all channels, by a number between 0 and 1",
                every(has_shape("plain", rank=4), one_map_for_all_channels),
                "Return the feature map times one map that all channels share.",
            ),
            Criterion(
                "numbers",
                3,
                "pool, convolve 7×7, sigmoid, multiply",
                numbers("plain", "biased"),
                "Check `channel_pool` first, then the convolution's kernel, padding and activation.",
                requires=("map",),
            ),
            Criterion(
                "kernel",
                1,
                "the argument `kernel_size` is used",
                numbers("other_kernel"),
                "Hand `kernel_size` on to the convolution.",
                requires=("map",),
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
        Picture("attention map of one image", first_map),
    ),
    Exercise(
        "quiz_kernel_weights",
        LESSON,
        "Quiz: weights of the kernel",
        NumberProbe(),
        (
            Criterion(
                "number", 2, "how many weights", the_number, "Kernel height × width × maps in × maps out."
            ),
        ),
    ),
    Exercise(
        "quiz_map_values",
        LESSON,
        "Quiz: values in the map",
        NumberProbe(),
        (Criterion("number", 2, "how many values", the_number, "One value per position."),),
    ),
    Exercise(
        "quiz_reach",
        LESSON,
        "Quiz: the reach of the kernel",
        NumberProbe(),
        (Criterion("number", 2, "how far", the_number, "Count from the centre of the kernel to its edge."),),
    ),
)
