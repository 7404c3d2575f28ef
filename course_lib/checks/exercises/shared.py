"""What the specifications of several lessons share: known parts, inputs, calls, tests and pictures.

Holds no exercises; students have it from the first lesson on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.checks.criteria import Test, the_number
from course_lib.checks.evidence import Array
from course_lib.checks.exercise import Criterion, Exercise, Look
from course_lib.checks.probe import Case, Draw, LayerProbe, NumberProbe

Change = Callable[[Array], Array]
Drawing = Callable[[dict[str, Array], int], Array]

TELLING_CHANNELS = 240  # channels at which reductions of 15, 16 and 17 leave different widths
LARGE = 8.0  # a factor for inputs: scores that only happen to lie between 0 and 1 show
ROUNDING = 1e-5  # how far output / input may pass 0 or 1
NEGATED_AND_DOUBLED: dict[str, Change] = {"negated": lambda x: -x, "doubled": lambda x: 2 * x}


# Known parts, handed to the answer: it is probed on its own, whatever was written for earlier exercises. ----


def no_attention(x: Any, name: str) -> Any:
    """Attention that changes nothing: what stands around it shows."""
    return x


def known_block(x: Any, filters: int, name: str, strides: int = 1) -> Any:
    """A block that is built quickly; its result depends on where the size is halved."""
    from keras import layers

    if strides != 1:
        x = layers.AveragePooling2D(strides, padding="same", name=name + "_pool")(x)
    return layers.Conv2D(filters, 1, activation="tanh", use_bias=False, name=name + "_conv")(x)


# Cases and other inputs -----------------------------------------------------------------------------------


def spatial_attention_cases(draw: Draw) -> tuple[Case, ...]:
    """Cases for a map from a convolution of two pooled maps. Arguments: its size, where it is not 7."""
    batch = draw.size(3, 4)
    height, width = draw.size(9, 10), draw.size(11, 13)  # wide enough that 7×7 differs from 5×5 inside
    channels = draw.size(5, 8)
    return (
        Case("plain", (height, width, channels), batch, kernels=2 * ((7, 7, 1),)),
        Case("other_kernel", (width, height, channels + 1), batch, (5,), kernels=2 * ((5, 5, 1),)),
        Case("biased", (height, width, channels), batch, biases=True, kernels=2 * ((7, 7, 1),)),
    )


def _ripple(x: Array) -> Array:
    """Return values of x's shape that are different everywhere, in [-1, 1]."""
    return np.cos(np.arange(x.size, dtype=np.float64) * 1.7).reshape(x.shape)


def same_mean(*axes: int) -> Change:
    """Return a function that makes another feature map with the same mean over these axes."""

    def change(x: Array) -> Array:
        noise = 2 * _ripple(x)
        return np.asarray(x + noise - noise.mean(axis=axes, keepdims=True), np.float32)

    return change


def same_max(*axes: int) -> Change:
    """Return a function that makes another feature map with the same maximum over these axes."""

    def change(x: Array) -> Array:
        top = x == x.max(axis=axes, keepdims=True)
        return np.where(top, x, x - 1 - _ripple(x)).astype(np.float32)  # only what is below the maximum sinks

    return change


def one_pixel(x: Array) -> Array:
    """Return images with another value at one position."""
    changed = x.copy()
    changed[:, 4, 5, :] += 1.5
    return changed


# How answers are called -------------------------------------------------------------------------------------


def call_name_first(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    """Call an answer as answer(x, name, *arguments)."""
    return answer(x, name, *arguments)


def call_name_last(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    """Call an answer as answer(x, *arguments, name)."""
    return answer(x, *arguments, name)


def call_blocks(*given: Any) -> Callable[[Any, Any, str, tuple[Any, ...]], Any]:
    """Return a function that calls an answer for several blocks in a row.

    A case's arguments are, for each block, its filters, and its strides where they are not 1.

    Args:
        given: What each call hands to the answer between filters and name, such as attention.
    """

    def call(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
        for number, (filters, *strides) in enumerate(arguments):
            x = answer(x, filters, *given, f"{name}_{number}", *strides)
        return x

    return call


# Tests and pictures -----------------------------------------------------------------------------------------


def factors_of(arrays: dict[str, Array], x: Array, name: str) -> Array:
    """Return output divided by input, in the shape of x; NaN where the input is too small."""
    output = np.asarray(arrays[name], np.float64).reshape(x.shape)
    return np.where(np.abs(x) > 0.05, output / np.where(x == 0, 1, x), np.nan)


def whole_number(case: str, example: str) -> Test:
    """Return a test that a case's output is an int; `example` is a count of the wrong type."""

    def test(look: Look) -> str | None:
        dtype = look.evidence.arrays[f"{case}/output"].dtype
        return None if dtype.kind in "iu" else f"the count is a {dtype}, such as {example}"

    return test


def gate_rows(probe: LayerProbe) -> Drawing:
    """Return a drawing of the gates of the first images: one row an image, one column a channel."""

    def draw(arrays: dict[str, Array], seed: int) -> Array:
        x = probe.inputs(seed)["plain"]
        return np.asarray(np.nanmean(factors_of(arrays, x, "plain/output"), axis=(1, 2))[:3])

    return draw


def attention_map(probe: LayerProbe) -> Drawing:
    """Return a drawing of the attention map of the first image, (H, W)."""

    def draw(arrays: dict[str, Array], seed: int) -> Array:
        x = probe.inputs(seed)["plain"]
        return np.asarray(np.nanmean(factors_of(arrays, x, "plain/output")[0], axis=-1))

    return draw


def probability_rows(arrays: dict[str, Array], seed: int) -> Array:
    """Draw the probabilities (columns) of each image (rows)."""
    return np.asarray(arrays["plain/output"])


def quiz(
    id: str, lesson: str, title: str, points: float, what: str, advice: str, *, step: float = 1.0
) -> Exercise:
    """Return an exercise whose answer is one number.

    Args:
        id: The exercise's id.
        lesson: Its lesson's folder name.
        title: Its title.
        points: Its points.
        what: What the number is, in a few words.
        advice: The next step for a wrong number.
        step: Answers within `step / 2` of the true value are right.
    """
    criterion = Criterion("number", points, what, the_number, advice)
    return Exercise(id, lesson, title, NumberProbe(step), (criterion,))
