"""Misconceptions in `quiz_unit_parameters`: the trainable parameters of a residual unit."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_norms",
        "The normalisations are not counted.",
        "Each learns a factor and an offset per channel.",
        "Add 2 (64 + 16 + 16).",
        number=4352,
    ),
    wrong(
        "statistics",
        "The running means and variances are counted too.",
        "They are kept, but not trained.",
        "Count two numbers per channel, not four.",
        number=4736,
    ),
    wrong(
        "wide_middle",
        "The middle is counted with 64 channels.",
        "It has a quarter of them.",
        "Put 16 for f.",
        number=45440,
    ),
    wrong(
        "biases",
        "Biases are counted.",
        "The convolutions have none.",
        "Leave 16 + 16 + 64 out.",
        number=4640,
    ),
    wrong(
        "one_point",
        "Only one of the two 1×1 convolutions is counted.",
        "One squeezes, one opens.",
        "Add 16 · 64.",
        number=3520,
    ),
    wrong(
        "no_square",
        "The 3×3 kernel is counted with one weight per pair of channels.",
        "It has nine.",
        "Multiply 16 · 16 by 9.",
        number=2496,
    ),
)
