"""Lesson 03, an autoencoder with attention: its block, the encoder, the decoder, and the whole."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.checks.batch_norm_probe import NormalisedProbe, normalised
from course_lib.checks.criteria import behaves_well, equals_key, every, has_shape, numbers
from course_lib.checks.evidence import NAMED_LAYERS, Array
from course_lib.checks.exercise import Criterion, Exercise, Look, Picture
from course_lib.checks.exercises.shared import call_name_last, no_attention, quiz
from course_lib.checks.probe import Case, Draw, LayerProbe

LESSON = "03_attention_autoencoder"
_PARTS = ("conv", "bn", "relu")


# The probe brings attention of its own, so that an earlier block, right or wrong, changes nothing here. It
# has no weights. Channel and spatial attention give other numbers in the other order. Like a student's own,
# each has a layer whose name ends as one of the block's does, so that names which collide show.


def _channel_gates(x: Any, name: str) -> Any:
    """Scale every channel by a gate made of its mean."""
    from keras import layers, ops

    score = 2 * ops.mean(x, axis=(1, 2), keepdims=True) - 1.2  # (N, 1, 1, C)
    return x * layers.Activation("sigmoid", name=f"{name}_conv")(score)


def _position_weights(x: Any, name: str) -> Any:
    """Scale every position by a weight made of its mean."""
    from keras import layers, ops

    score = 1.5 - 3 * ops.mean(x, axis=-1, keepdims=True)  # (N, H, W, 1)
    return x * layers.Activation("sigmoid", name=f"{name}_conv")(score)


def _block_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    height, width = draw.size(6, 8), draw.size(9, 11)
    return (
        Case("plain", (height, width, draw.size(12, 14)), batch, (draw.size(16, 19),)),
        Case("other", (width, height, 5), batch + 1, (4,)),
        Case("level", (height, width, 6), batch, (6,)),  # as many channels out as in
    )


def _encoder_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    return (
        Case("plain", (12, 20, 4), batch, ((draw.size(5, 6), draw.size(7, 9)), _position_weights)),
        Case("stages", (24, 16, 4), batch, ((5, 9, 7), no_attention)),
        Case("level", (24, 16, 4), batch, ((6, 6, 6), _position_weights)),  # stages of one width
    )


def _decoder_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    widths = (draw.size(5, 6), draw.size(7, 9))
    return (
        Case("plain", (3, 5, widths[-1]), batch, (widths,)),
        Case("stages", (3, 2, 7), batch, ((5, 9, 7),)),
        Case("level", (3, 2, 6), batch, ((6, 6, 6),)),
    )


def _whole_cases(draw: Draw) -> tuple[Case, ...]:
    batch = draw.size(3, 4)
    return (
        Case("plain", (12, 20, 1), batch, ((draw.size(5, 6), draw.size(7, 9)),)),
        Case("stages", (16, 12, 1), batch, ((8,),)),
    )


def _call_encoder(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    filters, attention = arguments
    return answer(x, filters, attention, name)


def _call_whole(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    return answer(x, arguments[0], _channel_gates, _position_weights, name)


_BLOCK = NormalisedProbe(_block_cases, call_name_last, norms=True, named=_PARTS)
_ENCODER = LayerProbe(_encoder_cases, _call_encoder, norms=True)
_DECODER = LayerProbe(
    _decoder_cases,
    call_name_last,
    {"faint": lambda z: z / 4, "strong": lambda z: 3 * z},
    norms=True,
)
_WHOLE = LayerProbe(_whole_cases, _call_whole, norms=True)


def _names_its_layers(look: Look) -> str | None:
    """The layers NAME_conv, NAME_bn and NAME_relu give what the three steps of the equation give."""
    seen = look.evidence.arrays
    if missing := [f"`name_{part}`" for part in _PARTS if NAMED_LAYERS + part not in seen]:
        return f"no layer is called {' or '.join(missing)}"
    other = [f"`name_{part}`" for part in _PARTS if not equals_key(look, NAMED_LAYERS + part)]
    if len(other) > 1:
        return f"{' and '.join(other)} stand for other steps"
    return f"{other[0]} stands for another step" if other else None


def _pixels_from_0_to_1(look: Look) -> str | None:
    """Every pixel lies between 0 and 1, for faint and for strong codes too, and they are not all the same."""
    arrays = [np.asarray(look.evidence.arrays[f"plain/{part}"]) for part in ("output", "faint", "strong")]
    low, high = min(a.min() for a in arrays), max(a.max() for a in arrays)
    if low < 0 or high > 1:
        return f"the pixels run from {low:.3g} to {high:.3g}; they should lie between 0 and 1"
    return "all pixels are the same" if high - low < 1e-6 else None


def _first_image(arrays: dict[str, Array], seed: int) -> Array:
    """The first image that comes out, (H, W)."""
    return np.asarray(arrays["plain/output"], np.float64)[0, ..., 0]


_SHAPES = "Print `x.shape` after every step, and compare with the table."

EXERCISES = (
    Exercise(
        "autoencoder_block",
        LESSON,
        "A block of the autoencoder",
        _BLOCK,
        (
            Criterion(
                "shape",
                1,
                "the same height and width, `filters` channels",
                has_shape("plain", rank=4),
                "Give the convolution `filters` filters, and padding that keeps the size.",
            ),
            Criterion(
                "numbers",
                2,
                "convolution 3×3, batch normalisation, ReLU, in this order",
                numbers("plain", "other", "level"),
                "Go through kernel, padding, order and activation one by one.",
                requires=("shape",),
            ),
            Criterion(
                "names",
                0.5,
                "layers called `name_conv`, `name_bn`, `name_relu`",
                _names_its_layers,
                'Give each of the three layers its name: `name + "_conv"`, and so on.',
                requires=("numbers",),
            ),
            Criterion(
                "habits",
                0.5,
                "normalised, and works anywhere in a model",
                every(normalised, behaves_well),
                "Build every layer name from `name`, make new layers at each call, leave them trainable.",
                requires=("numbers",),
            ),
        ),
    ),
    Exercise(
        "encoder",
        LESSON,
        "The encoder",
        _ENCODER,
        (
            Criterion(
                "shape",
                1,
                "half the height and width per stage, the last width as channels",
                has_shape("plain", rank=4),
                _SHAPES,
            ),
            Criterion(
                "numbers",
                2,
                "block, attention, pooling in every stage",
                numbers("plain"),
                "Check `autoencoder_block` first, then what follows it in a stage, and in which order.",
                requires=("shape",),
            ),
            Criterion(
                "stages",
                0.5,
                "any number of stages, and any attention",
                numbers("stages", "level"),
                "Go through `filters` with a loop, one stage for each number.",
                requires=("shape",),
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                behaves_well,
                "Build every name from `name` and the number of the stage.",
                requires=("numbers",),
            ),
        ),
    ),
    Exercise(
        "decoder",
        LESSON,
        "The decoder",
        _DECODER,
        (
            Criterion(
                "shape",
                1,
                "twice the height and width per stage, one channel",
                has_shape("plain", rank=4),
                _SHAPES,
            ),
            Criterion(
                "pixels",
                0.5,
                "pixels between 0 and 1",
                _pixels_from_0_to_1,
                "Think of the activation of the last convolution.",
                requires=("shape",),
            ),
            Criterion(
                "numbers",
                1,
                "upsampling and block in every stage, then one convolution 3×3",
                numbers("plain", "stages", "level"),
                "The stages of the encoder, backwards: check their order, widths and kernels.",
                requires=("pixels",),
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                behaves_well,
                "Build every name from `name` and the number of the stage.",
                requires=("numbers",),
            ),
        ),
    ),
    Exercise(
        "attention_autoencoder",
        LESSON,
        "The autoencoder with both attentions",
        _WHOLE,
        (
            Criterion(
                "shape",
                1,
                "an image of the size that went in",
                every(has_shape("plain", rank=4), has_shape("stages", rank=4)),
                "Encode, then decode what the encoder gives, with the same `filters`.",
            ),
            Criterion(
                "numbers",
                1.5,
                "both attentions after each block of the encoder, channel first",
                numbers("plain", "stages"),
                "Check `encoder` and `decoder` first, then what you hand to the encoder as attention.",
                requires=("shape",),
            ),
            Criterion(
                "habits",
                0.5,
                "works anywhere in a model",
                behaves_well,
                "Give encoder, decoder and each attention a name of its own that begins with `name`.",
                requires=("numbers",),
            ),
        ),
        Picture("one image that comes out (weights are random)", _first_image),
    ),
    quiz(
        "quiz_block_parameters",
        LESSON,
        "Quiz: parameters of a block",
        1,
        "how many parameters",
        "Weights of the convolution, then the two numbers per channel that normalisation learns.",
    ),
    quiz(
        "quiz_code_size",
        LESSON,
        "Quiz: the size of the code",
        1,
        "how many numbers",
        "Height × width × channels of the code.",
    ),
    quiz(
        "quiz_stages",
        LESSON,
        "Quiz: how often can it be halved?",
        1,
        "how many stages",
        "Halve until a number is odd.",
    ),
)
