"""Misconceptions in `quiz_stacked`: what leaves six modules in a row."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "naive",
        "That is the naive product.",
        "With attention residual learning one module multiplies by 1 + 1/2.",
        "Multiply by 3/2, six times.",
        number=1,
    ),
    wrong(
        "one_module",
        "One module is counted.",
        "There are six of them in a row.",
        "Multiply by 3/2, six times.",
        number=96,
    ),
    wrong(
        "added",
        "The halves were added up.",
        "Each module raises what the one before it gave.",
        "Multiply by 3/2, six times.",
        number=256,
    ),
    wrong(
        "unchanged",
        "The trunk alone was followed.",
        "The mask raises it by one half, in each module.",
        "Multiply by 3/2, six times.",
        number=64,
    ),
    wrong(
        "five_modules",
        "That is what five modules give.",
        "There are six.",
        "Multiply by 3/2 once more.",
        number=486,
    ),
    wrong(
        "doubled",
        "A mask of 1 was taken.",
        "The masks are one half.",
        "Multiply by 3/2, not by 2.",
        number=4096,
    ),
)
