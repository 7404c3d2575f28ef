"""Lesson 04, SE networks: the residual block, the SE-ResNet and SE-Inception modules, and a whole network."""

from __future__ import annotations

from typing import Any

from course_lib.checks.batch_norm_probe import NormalisedProbe, normalised
from course_lib.checks.criteria import (
    behaves_well,
    every,
    has_shape,
    not_normalised,
    numbers,
    probabilities,
)
from course_lib.checks.empty_branch import learns, passes_when_empty
from course_lib.checks.exercise import FIRST_CHANNEL, Criterion, Exercise, Picture
from course_lib.checks.exercises.shared import (
    NEGATED_AND_DOUBLED,
    call_blocks,
    call_name_last,
    known_block,
    no_attention,
    probability_rows,
    quiz,
)
from course_lib.checks.probe import Case, Draw, LayerProbe

LESSON = "04_se_networks"


def _known_attention(x: Any, name: str) -> Any:
    """Attention without weights, handed to the answer: gates that depend on a channel and on all of them.

    An answer is thus probed on its own, whatever was written in an earlier lesson.
    """
    from keras import layers, ops

    mean = ops.mean(x, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
    every_channel = ops.mean(mean, axis=-1, keepdims=True)  # (N, 1, 1, 1)
    gates = layers.Activation("sigmoid", name=name)(3 * mean - 2 * every_channel - 0.5)
    return x * gates


def _block_cases(draw: Draw) -> tuple[Case, ...]:
    """Return cases; their arguments: filters, and strides where they are not 1, of each block in a row."""
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    # 9 to 5, 13 to 7: halved odd sizes, where all ways to pad take the same positions.
    height, width = 9, 13
    return (
        Case("plain", (height, width, channels), batch, ((channels,),)),
        Case("halved", (width, height, channels), batch, ((channels + 2, 2),)),
        Case("wider", (height, width, channels), batch, ((channels + 3,),)),
        Case("row", (height, width, channels), batch, ((channels, 2), (channels + 1, 2))),
    )


def _inception_cases(draw: Draw) -> tuple[Case, ...]:
    batch, channels = draw.size(3, 4), draw.size(9, 10)
    height, width = draw.size(6, 7), draw.size(8, 9)
    return (
        Case("plain", (height, width, channels), batch, ((4, 6, 5), _known_attention)),
        Case("other", (width, height, channels), batch + 1, ((7, 3, 8), _known_attention)),
        Case("bare", (height, width, channels), batch, ((5, 4, 7), no_attention)),
    )


def _network_cases(draw: Draw) -> tuple[Case, ...]:
    batch, channels = draw.size(3, 4), draw.size(5, 6)
    height, width = draw.size(9, 10), draw.size(12, 13)
    return (
        Case("plain", (height, width, channels), batch, ((7, 9, 11), (2, 1, 3), known_block, 10)),
        Case("two_stages", (width, height, channels), batch, ((8, 12), (3, 2), known_block, 6)),
        # Two stages of one width, as wide as what comes in.
        Case("level", (height, width, 8), batch, ((8, 8, 11), (1, 2, 1), known_block, 7)),
        # At a single position it does not matter where the size is halved.
        Case("point", (1, 1, channels), batch, ((7, 9, 11), (2, 1, 3), known_block, 10)),
    )


_OWN = ("plain", "wider")  # with and without a projection
_RESIDUAL = NormalisedProbe(_block_cases, call_blocks(), NEGATED_AND_DOUBLED, own_statistics=_OWN)
_SE_RESIDUAL = NormalisedProbe(
    _block_cases, call_blocks(_known_attention), NEGATED_AND_DOUBLED, own_statistics=_OWN
)
_SE_INCEPTION = NormalisedProbe(
    _inception_cases,
    call_name_last,
    {"negated": lambda x: -x},
)
_NETWORK = LayerProbe(_network_cases, call_name_last)


EXERCISES = (
    Exercise(
        "residual_block",
        LESSON,
        "Residual block",
        _RESIDUAL,
        (
            Criterion(
                "shape",
                1,
                "the size stays, and `filters` channels come out",
                every(has_shape("plain", rank=4), learns),
                'Use `padding="same"` and `filters` in both 3×3 convolutions, and add.',
            ),
            Criterion(
                "shortcut",
                1,
                "an empty branch lets x through",
                passes_when_empty(_RESIDUAL),
                "Add x itself to what the two convolutions give, then the last ReLU.",
                requires=("shape",),
            ),
            Criterion(
                "numbers",
                1,
                "convolve, ReLU, convolve, add, ReLU",
                numbers("plain"),
                "Follow the equation from the inside out, and count the ReLUs: there are two.",
                requires=("shape",),
            ),
            Criterion(
                "projection",
                1,
                "the shortcut changes its shape where the branch does",
                every(has_shape("wider"), has_shape("halved"), numbers("wider", "halved", "row")),
                "When `strides` is above 1 or the channels change, x goes through a 1×1 convolution.",
                requires=("shape",),
            ),
            Criterion(
                "habits",
                1,
                "normalised, and works anywhere in a model",
                every(normalised, behaves_well),
                "Batch normalisation follows every convolution, also the 1×1 one; build names from `name`.",
                requires=("numbers",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "se_residual_block",
        LESSON,
        "SE-ResNet module",
        _SE_RESIDUAL,
        (
            Criterion(
                "shortcut",
                1,
                "an empty branch lets x through, unscaled",
                every(has_shape("plain", rank=4), learns, passes_when_empty(_SE_RESIDUAL)),
                "The gate belongs on the branch. What is added to it is x itself.",
            ),
            Criterion(
                "numbers",
                1.5,
                "branch, scale, add, ReLU",
                numbers("plain"),
                "Apply `attention` after the last normalisation of the branch, before the addition.",
                requires=("shortcut",),
            ),
            Criterion(
                "projection",
                1,
                "the shortcut changes its shape where the branch does",
                every(has_shape("wider"), has_shape("halved"), numbers("wider", "halved", "row")),
                "The rule for the shortcut is that of `residual_block`.",
                requires=("shortcut",),
            ),
            Criterion(
                "habits",
                0.5,
                "normalised, and works anywhere in a model",
                every(normalised, behaves_well),
                "Use `conv_norm`, and build every name from `name`.",
                requires=("numbers",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "se_inception_block",
        LESSON,
        "SE-Inception module",
        _SE_INCEPTION,
        (
            Criterion(
                "branches",
                1,
                "three branches, joined along the channels",
                every(has_shape("plain", rank=4), numbers("bare")),
                "1×1 convolution; 3×3 convolution; 3×3 max pooling, then 1×1 convolution. Join on axis −1.",
            ),
            Criterion(
                "numbers",
                0.5,
                "one gate for the joined map",
                numbers("plain", "other"),
                "Join the branches first, then apply `attention` once.",
                requires=("branches",),
            ),
            Criterion(
                "habits",
                0.5,
                "normalised, and works anywhere in a model",
                every(normalised, behaves_well),
                "Use `conv_norm`, and build every name from `name`.",
                requires=("numbers",),
            ),
        ),
        FIRST_CHANNEL,
    ),
    Exercise(
        "resnet",
        LESSON,
        "A residual network",
        _NETWORK,
        (
            Criterion(
                "probabilities",
                1,
                "one probability per class",
                probabilities,
                "Average over all positions, then a dense layer with `classes` units and a softmax.",
            ),
            Criterion(
                "blocks",
                1,
                "every stage has its number of blocks of its width",
                numbers("point"),
                "Go through `widths` and `units` together; call `block` once per unit.",
                requires=("probabilities",),
            ),
            Criterion(
                "numbers",
                0.5,
                "the size is halved where a new stage begins",
                numbers("plain", "two_stages", "level"),
                "The first block of every stage but the first has `strides=2`; all others have 1.",
                requires=("blocks",),
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                every(not_normalised, behaves_well),
                "Give each block a name of its own, built from `name`.",
                requires=("numbers",),
            ),
        ),
        Picture("probabilities (columns) of each image (rows)", probability_rows),
    ),
    quiz(
        "quiz_basic_block",
        LESSON,
        "Quiz: a residual block",
        1,
        "the trainable parameters",
        "Two 3×3 convolutions without biases; two batch normalisations with two numbers a channel.",
    ),
    quiz(
        "quiz_se_network",
        LESSON,
        "Quiz: what SE adds",
        1,
        "the parameters added",
        "Two blocks per stage, four stages.",
    ),
    quiz(
        "quiz_se_inception",
        LESSON,
        "Quiz: the gate of a module",
        1,
        "the parameters of the gate",
        "Add the widths up first.",
    ),
)
