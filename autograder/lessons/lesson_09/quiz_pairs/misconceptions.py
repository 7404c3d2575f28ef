"""Misconceptions in `quiz_pairs`: how many pairs make an interval a quarter as wide."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "four_times",
        "That is four times as many.",
        "The width goes with the root: four times as many pairs halve it.",
        "A quarter of the width takes four times four as many.",
        number=28,
    ),
    wrong(
        "twice",
        "That is twice as many.",
        "The width goes with the root of the number.",
        "A quarter of the width takes four times four as many.",
        number=14,
    ),
    wrong(
        "added",
        "That is the factor, or it was added.",
        "Sixteen is how many *times* as many pairs you need.",
        "Multiply it by 7.",
        number=16,
    ),
)
