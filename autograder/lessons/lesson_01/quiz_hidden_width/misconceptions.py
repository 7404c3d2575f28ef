"""Misconceptions in `quiz_hidden_width`: the hidden units of a block of 512 channels."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "the_reduction",
        "That is the reduction, not the width.",
        "The reduction says how many times narrower the middle is.",
        "Divide the number of channels by it.",
        number=16,
    ),
    wrong(
        "multiplied",
        "The width is multiplied by the reduction.",
        "The middle is narrower than the ends, not wider.",
        "Divide instead.",
        number=8192,
    ),
    wrong(
        "the_channels",
        "That is the number of channels.",
        "The ends are that wide. The middle is narrower.",
        "Divide the number of channels by the reduction.",
        number=512,
    ),
)
