"""Misconceptions in `quiz_bam_positions`: on how many positions one score depends."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "one_direction",
        "That is the number of columns.",
        "A map has rows, too.",
        "Square it.",
        number=9,
    ),
    wrong(
        "both_dilated",
        "That is for two convolutions with the same dilation.",
        "Here the second has a dilation of 1: the offsets −4, 0, 4 and −1, 0, 1 add up.",
        "Write down all sums of an offset of the first and one of the second.",
        number=25,
    ),
    wrong(
        "whole_square",
        "That is the whole square from the first to the last position.",
        "Between the groups there are positions that no weight meets.",
        "Count only the offsets that are a sum of −4, 0 or 4 and −1, 0 or 1.",
        number=121,
    ),
    wrong(
        "added_up",
        "The nine weights of both convolutions are added up.",
        "Each position of the second looks at nine of the first: they multiply.",
        "Write down all sums of an offset of the first and one of the second, in one direction.",
        number=18,
    ),
    wrong(
        "side",
        "That is the side of the square.",
        "The question is on how many positions the score depends.",
        "Count the offsets that meet in one direction, and square.",
        number=11,
    ),
)
