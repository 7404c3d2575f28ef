"""Misconceptions in `quiz_module_units`: how many residual units a module has."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_skips",
        "The units on the skips are not counted.",
        "There is one on each skip, and with three poolings there are two skips.",
        "Add D − 1.",
        number=26,
    ),
    wrong(
        "no_bottom",
        "The bottom is not counted.",
        "Behind the last pooling there are r units of the way down, and r more.",
        "The way down has r D, the bottom r, the way up r (D − 1).",
        number=25,
    ),
    wrong(
        "only_trunk_side",
        "The mask is not counted.",
        "It is made of the same units.",
        "Add 2 r D + D − 1.",
        number=8,
    ),
    wrong(
        "three_skips",
        "A skip is counted for each pooling.",
        "At the smallest size there is none.",
        "Count D − 1 skips.",
        number=29,
    ),
    wrong(
        "r_on_skips",
        "The skips are counted with r units.",
        "There is one unit on each, whatever r is.",
        "Count D − 1.",
        number=32,
    ),
    wrong(
        "defaults",
        "That is the module with p, t, r = 1, 2, 1.",
        "This one has 2, 4, 3.",
        "Put p = 2, t = 4, r = 3 into the formula.",
        number=12,
    ),
)
