"""Lesson 00, first steps: prepare images, describe them, and two numbers worth knowing."""

from __future__ import annotations

import numpy as np

from course_lib.checks.criteria import Test, behaves_well, every, has_shape, numbers
from course_lib.checks.evidence import Array
from course_lib.checks.exercise import Criterion, Exercise, Look
from course_lib.checks.exercises.shared import quiz
from course_lib.checks.probe import Draw, FunctionProbe

LESSON = "00_first_steps"
_KEYS = ("size", "shape", "min", "max", "mean")


def _images(draw: Draw, count: int) -> Array:
    """uint8 images (count, 28, 28): some dark, some bright, one that uses the whole range."""
    brightness = np.linspace(0.3, 1.0, count).reshape(count, 1, 1)
    values = 127.5 * (draw.values((count, 28, 28)) + 1) * brightness
    stack = values.astype(np.uint8)
    stack[-1, 0, :2] = 0, 255
    return stack


def _preprocess_inputs(draw: Draw) -> dict[str, tuple[Array]]:
    # The second stack has neither black nor white: the scale must not come from the values that are there.
    return {"some": (_images(draw, 5),), "more": (_images(draw, 9) // 2 + 40,)}


def _describe_inputs(draw: Draw) -> dict[str, tuple[Array]]:
    # Sizes differ between seeds, so that the description of one seed is wrong for another.
    raw = _images(draw, draw.size(4, 12))[:, draw.size(0, 9) :, draw.size(0, 9) :]
    # Values differ from those of the raw images: a mean over a part, or a stale copy, must show.
    prepared = (0.9 * _images(draw, draw.size(5, 14))[..., None] / 255 + 0.05).astype(np.float32)
    return {"raw": (raw,), "prepared": (prepared,)}


def _is_float32(look: Look) -> str | None:
    dtype = look.evidence.arrays["some/output"].dtype
    return None if dtype == "float32" else f"the values are {dtype}"


def _one_channel_last(look: Look) -> str | None:
    shape = look.evidence.arrays["some/output"].shape
    return None if shape[-1] == 1 else f"the last axis has size {shape[-1]}"


def _has_keys(look: Look) -> str | None:
    missing = [key for key in _KEYS if f"raw/{key}" not in look.evidence.arrays]
    return f"missing: {', '.join(missing)}" if missing else None


def _both(*parts: str) -> Test:
    """Return a test that the named parts of both descriptions equal the key's."""
    return every(
        *(numbers(f"{case}/{part}", relative=1e-5) for case in ("raw", "prepared") for part in parts)
    )


EXERCISES = (
    Exercise(
        "preprocess",
        LESSON,
        "Prepare the images",
        FunctionProbe(_preprocess_inputs, afterwards=lambda images: 255 - images),
        (
            Criterion(
                "values",
                3,
                "values between 0 and 1",
                numbers("some", "more", relative=1e-5),
                "Divide by the largest value a byte can hold.",
            ),
            Criterion(
                "shape",
                2,
                "one channel at the end: (N, 28, 28, 1)",
                every(has_shape("some", rank=4), _one_channel_last),
                "Add an axis of size 1 after height and width.",
                requires=("values",),
            ),
            Criterion(
                "type",
                1,
                "float32, and the input untouched",
                every(_is_float32, behaves_well),
                "Convert to float32, and work on a new array.",
                requires=("values",),
            ),
        ),
    ),
    Exercise(
        "describe",
        LESSON,
        "Describe the images",
        FunctionProbe(_describe_inputs, _KEYS),
        (
            Criterion(
                "size_and_shape",
                2,
                "how many images, and the shape of the array",
                every(_has_keys, _both("size", "shape")),
                "Return a dict with the keys size, shape, min, max and mean.",
            ),
            Criterion(
                "range",
                2,
                "smallest and largest value",
                _both("min", "max"),
                "Look at all values of the array at once.",
            ),
            Criterion(
                "mean",
                1,
                "the mean of all values",
                _both("mean"),
                "Average over every axis.",
            ),
        ),
    ),
    quiz(
        "quiz_pixels",
        LESSON,
        "Quiz: values in the training set",
        3,
        "how many values",
        "Images × height × width.",
    ),
    quiz(
        "quiz_memory",
        LESSON,
        "Quiz: memory in megabytes",
        3,
        "how many megabytes",
        "A float32 takes 4 bytes; 1 MB is 10⁶ bytes.",
    ),
)
