"""Misconceptions in `quiz_statistics`: the running means and variances of a module."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "means_only",
        "Only the means are counted.",
        "There is a variance for each channel too.",
        "Count two numbers per channel.",
        number=11264,
    ),
    wrong(
        "all_four",
        "Factor and offset are counted too.",
        "Those two are trained. The question is about the running mean and variance.",
        "Count two numbers per channel.",
        number=45056,
    ),
    wrong(
        "no_ending",
        "The end of the mask is missing.",
        "Each of its two 1×1 convolutions has a normalisation of all 1024 channels before it.",
        "Add 2 · 2 · 1024.",
        number=18432,
    ),
    wrong(
        "one_unit",
        "One unit is counted.",
        "With D = 1 the module has six: two around, two in the trunk, two in the mask.",
        "Count six units.",
        number=2 * 1536 + 4096,
    ),
    wrong(
        "trunk_only",
        "The units of the mask are missing.",
        "With D = 1 the mask has two units besides the four of the trunk's way.",
        "Count six units.",
        number=4 * 3072 + 4096,
    ),
    wrong(
        "wide_norms",
        "All normalisations are counted with 1024 channels.",
        "Inside a unit, two of the three have 256.",
        "Count 1024 + 256 + 256 channels for each unit.",
        number=6 * 2 * 3 * 1024 + 4096,
    ),
)
