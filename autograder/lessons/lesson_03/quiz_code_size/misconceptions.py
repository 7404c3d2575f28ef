"""Misconceptions in `quiz_code_size`: how many numbers the code of an image has."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "one_halving",
        "The image is halved only once.",
        "There are two stages, and each one halves height and width.",
        "Halve twice.",
        number=6272,
    ),
    wrong(
        "first_width",
        "The channels of the first stage are counted.",
        "The code has as many channels as the last stage.",
        "Use the last number of `filters`.",
        number=3136,
    ),
    wrong(
        "one_channel",
        "Only one channel is counted.",
        "Every channel of the code has its own rows and columns.",
        "Multiply by the number of channels.",
        number=196,
    ),
    wrong(
        "this_lesson",
        "That is the code of a 28 × 28 image.",
        "The image in the question is twice as high and twice as wide.",
        "Begin with 56 × 56.",
        number=392,
    ),
)
