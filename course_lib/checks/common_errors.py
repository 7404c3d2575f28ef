"""Errors that students meet in every exercise, each with a hint."""

from __future__ import annotations

import re
from typing import Any

from course_lib.checks.answer_key import Misconception

# Pairs of a pattern for "Type: message" and what to say. The first that matches counts.
_KNOWN: tuple[tuple[str, Misconception], ...] = (
    (
        r"KerasTensor cannot be used as input to a TensorFlow function",
        Misconception(
            "tf_on_keras_tensor",
            "A `tf.` function was called on a symbolic Keras tensor.",
            "While a model is put together its tensors are Keras tensors, which `tf.` functions refuse.",
            "Use a layer, or the function of the same name in `keras.ops`.",
        ),
    ),
    (
        r"returned None",
        Misconception(
            "no_return",
            "The function returns nothing.",
            "A Python function without a `return` line gives back None.",
            "End the function with `return` and what you made.",
        ),
    ),
    (
        r"returned a layer",
        Misconception(
            "uncalled_layer",
            "A layer comes back where a tensor should.",
            "A layer is made first and called second: `layers.SomeLayer(...)(x)`.",
            "Call the layer on its input, and return what comes out.",
        ),
    ),
    (
        r"NameError",
        Misconception(
            "undefined_name",
            "A name is used that does not exist.",
            "It may be misspelled, or the cell that makes it has not been run.",
            "Run all cells from the top, then look at the name in the message.",
        ),
    ),
    (
        r"used \d+ times in the model|All (operation|layer) names should be unique",
        Misconception(
            "names_collide",
            "Two layers have the same name.",
            "Inside one model every layer name must be different.",
            'Build every layer name from `name`, such as `name + "_hidden"`.',
        ),
    ),
    (
        r"cannot contain character `/`|should not contain.*/",
        Misconception(
            "slash_in_name",
            "A layer name contains a slash.",
            "Keras 3 uses `/` for paths, so names may not contain it.",
            'Join the parts of a name with "_".',
        ),
    ),
    (
        r"(units|filters).*integer|invalid dimension '[0-9.]+'|'float' object cannot be interpreted as",
        Misconception(
            "float_width",
            "A layer width is not a whole number.",
            "`/` gives a float in Python, and a layer cannot have 6.0 units.",
            "Divide with `//`.",
        ),
    ),
    (
        r"(?i)incompatible shapes|broadcast",
        Misconception(
            "shapes_clash",
            "Two tensors do not line up.",
            "Axes are matched from the right. Two sizes fit when they are equal or one of them is 1.",
            "Look at both shapes in the message and find the axis that does not fit.",
        ),
    ),
    (
        r"takes (from )?\d+ (to \d+ )?positional argument|missing \d+ required (positional|keyword-only)"
        r"|unexpected keyword argument|multiple values for argument",
        Misconception(
            "signature",
            "A function was called with the wrong arguments.",
            "Either your `def` line differs from the exercise box, or your answer calls a function with too "
            "few or too many arguments. A function that was passed to yours may have another name in the "
            "message.",
            "Compare with the exercise box: your `def` line, and the arguments of what you call.",
        ),
    ),
    (
        r"'(KerasTensor|Tensor|EagerTensor)' object is not callable",
        Misconception(
            "called_tensor",
            "A tensor is called as if it were a function.",
            "The result of a function was passed instead of the function; or a layer was called twice.",
            "Pass the function itself, without brackets behind it.",
        ),
    ),
    (
        r"^WrongReturn",
        Misconception(
            "wrong_return",
            "The answer is not of the kind that was asked for.",
            "The exercise box says what to return.",
            "Look at the `return` line and compare it with the exercise box.",
        ),
    ),
)


def explain(error: dict[str, Any]) -> Misconception | None:
    """Return what to say about an error, or None when it is not a common one.

    Args:
        error: As `probe.describe_error` writes it.
    """
    text = f"{error.get('type')}: {error.get('message')}"
    return next((known for pattern, known in _KNOWN if re.search(pattern, text, re.DOTALL)), None)
