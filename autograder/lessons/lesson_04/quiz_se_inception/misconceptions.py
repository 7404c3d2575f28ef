"""Misconceptions in `quiz_se_inception`: the parameters of the gate of an SE-Inception module."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "per_branch",
        "There is a gate for each branch.",
        "SE-Inception gates the joined map once.",
        "Add the widths up first, then count one gate.",
        number=12132,
    ),
    wrong(
        "no_biases",
        "The biases are not counted.",
        "The gate's two layers have C/r and C of them.",
        "Add C/r + C.",
        number=41472,
    ),
    wrong(
        "widest_branch",
        "Only the widest branch is counted.",
        "The gate is computed from all joined channels.",
        "Add the widths of all branches up first.",
        number=6510,
    ),
)
