"""Misconceptions in `quiz_reach`: how far away one pooled value changes the map."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "whole_kernel",
        "That is the width of the whole kernel.",
        "The kernel stands with its centre on the pixel and reaches half of the rest to each side.",
        "Count the pixels between the centre and the edge, edge included.",
        number=7,
    ),
    wrong(
        "both_sides",
        "Both sides are added up.",
        "The question is how far it looks to one side.",
        "Count one side.",
        number=6,
    ),
    wrong(
        "centre_included",
        "The centre is counted too.",
        "The pixel itself is no distance away from itself.",
        "Start to count at the neighbour of the centre.",
        number=4,
    ),
    wrong(
        "next_neighbour",
        "That is the reach of a 3×3 kernel.",
        "A wider kernel looks further.",
        "Count from the centre of a 7×7 kernel.",
        number=1,
    ),
)
