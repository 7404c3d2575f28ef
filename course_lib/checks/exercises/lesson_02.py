"""Lesson 02, spatial attention: pool over channels, then one map for all channels."""

from __future__ import annotations

from collections.abc import Callable

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
    attention_map,
    call_name_first,
    factors_of,
    one_pixel,
    quiz,
    same_max,
    same_mean,
    spatial_attention_cases,
)
from course_lib.checks.probe import Case, Draw, LayerProbe

LESSON = "02_spatial_attention"


def _pool_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    height, width = draw.size(5, 8), draw.size(9, 11)
    return (
        Case("plain", (height, width, draw.size(12, 16)), batch),
        Case("other", (width, height, draw.size(3, 4)), batch + 2, biases=True),
    )


_CHANGES: dict[str, Callable[[Array], Array]] = {
    "same_mean": same_mean(-1),
    "same_max": same_max(-1),
    "one_pixel": one_pixel,
    "turned": lambda x: x[..., ::-1].copy(),
    "halved": lambda x: x / 2,
    "large": lambda x: LARGE * x,
}
# Far below zero, a maximum that was cut off at zero shows.
_POOL = LayerProbe(_pool_cases, call_name_first, {"sunk": lambda x: x - 5})
_ATTENTION = LayerProbe(spatial_attention_cases, call_name_first, _CHANGES)


def _one_map_for_all_channels(look: Look, case: str = "plain") -> str | None:
    """Output / input is one number in (0, 1) per position, the same for every channel."""
    x = _ATTENTION.inputs(look.seed)[case]
    seen = [(f"{case}/output", x)]
    if case == "plain":
        # Whatever a batch normalisation learns, the map stays a map.
        seen += [("plain/large", LARGE * x), ("normed/output", x)]
    maps = []
    for name, given in seen:
        ratio = factors_of(look.evidence.arrays, given, name)
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


EXERCISES = (
    Exercise(
        "channel_pool",
        LESSON,
        "Pool over the channels",
        _POOL,
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
        _ATTENTION,
        (
            Criterion(
                "map",
                2,
                "every position is scaled alike in all channels, by a number between 0 and 1",
                every(has_shape("plain", rank=4), _one_map_for_all_channels),
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
        Picture("attention map of one image", attention_map(_ATTENTION)),
    ),
    quiz(
        "quiz_kernel_weights",
        LESSON,
        "Quiz: weights of the kernel",
        2,
        "how many weights",
        "Kernel height × width × maps in × maps out.",
    ),
    quiz(
        "quiz_map_values", LESSON, "Quiz: values in the map", 2, "how many values", "One value per position."
    ),
    quiz(
        "quiz_reach",
        LESSON,
        "Quiz: the reach of the kernel",
        2,
        "how far",
        "Count from the centre of the kernel to its edge.",
    ),
)
