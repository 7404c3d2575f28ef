"""Misconceptions in `quiz_trunk_depth`: how many layers the trunk of a network has."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "usual_settings",
        "Computed with p, t, r = 1, 2, 1.",
        "Here they are 2, 4 and 3.",
        "A module has p + t + p units on the trunk.",
        number=3 * (18 * 4 + 6) + 2,
    ),
    wrong(
        "units",
        "These are the units, not the layers.",
        "A unit has three convolutions one after the other.",
        "Multiply by 3, and add the first and the last layer.",
        number=150,
    ),
    wrong(
        "no_ends",
        "The first and the last layer of the network are missing.",
        "The convolution of the stem and the dense layer count too.",
        "Add 2.",
        number=450,
    ),
    wrong(
        "p_once",
        "The p units are counted once.",
        "There are p before trunk and mask part, and p after they meet.",
        "A module has p + t + p units on the trunk.",
        number=3 * (18 * 6 + 6) + 2,
    ),
    wrong(
        "one_stage",
        "One stage is counted, and there are three.",
        "Each of the three stages has 6 modules.",
        "Count 18 modules.",
        number=3 * (6 * 8 + 6) + 2,
    ),
    wrong(
        "modules_only",
        "The units outside the modules are missing.",
        "Each stage begins with one, and three more come at the end.",
        "Add 6 units.",
        number=3 * 18 * 8 + 2,
    ),
)
