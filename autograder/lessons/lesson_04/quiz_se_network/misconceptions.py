"""Misconceptions in `quiz_se_network`: the parameters that SE adds to ResNet-18."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_biases",
        "The biases are not counted.",
        "The gate's two layers have C/r and C of them.",
        "Add C/r + C per block.",
        number=87040,
    ),
    wrong(
        "one_block",
        "One block per stage is counted.",
        "ResNet-18 has two blocks in each stage, and each has a gate.",
        "Count two per stage.",
        number=44540,
    ),
    wrong(
        "last_stage",
        "Only the last stage is counted.",
        "It has most of the parameters, but all four stages have gates.",
        "Add up the four stages.",
        number=66624,
    ),
    wrong(
        "one_matrix",
        "Only one of the two layers of the gate is counted.",
        "The gate goes from C to C/r and back to C.",
        "Count both layers.",
        number=45560,
    ),
)
