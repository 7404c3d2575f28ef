"""Misconceptions in `quiz_untrained`: what leaves a CBAM whose weights are all 0."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "one_gate",
        "Only one of the two halves is counted.",
        "Both have a sigmoid, and each halves what comes in.",
        "Multiply by one half twice.",
        number=40,
    ),
    wrong(
        "closed",
        "A sigmoid of 0 was taken for 0.",
        "The sigmoid of 0 is one half.",
        "Work out 1 / (1 + e⁰).",
        number=0,
    ),
    wrong(
        "open",
        "The two halves were added up, or taken for open.",
        "A sigmoid of 0 is one half, and the halves multiply.",
        "Multiply by one half twice.",
        number=80,
    ),
    wrong(
        "three_sigmoids",
        "A sigmoid is counted for each summary.",
        "The channel half has one, after the sum.",
        "Count two sigmoids: one for the channels, one for the positions.",
        number=10,
    ),
    wrong(
        "one_plus",
        "The input is added in each half.",
        "There is no 1 + in CBAM; that is BAM.",
        "Multiply by one half twice, and add nothing.",
        number=180,
    ),
)
