"""Misconceptions in `quiz_kernel_weights`: the weights of the 7 × 7 convolution."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "one_map",
        "Only one of the two maps is counted.",
        "The convolution sees the mean and the maximum, and has a 7×7 kernel for each.",
        "Multiply by the number of maps that go in.",
        number=49,
    ),
    wrong(
        "with_bias",
        "The bias is counted too.",
        "The question asks for the weights without it.",
        "Leave the bias out.",
        number=99,
    ),
    wrong(
        "one_side",
        "Only one side of the kernel is counted.",
        "A 7×7 kernel has seven rows of seven.",
        "Multiply height and width of the kernel.",
        number=14,
    ),
    wrong(
        "two_filters",
        "Two filters are counted.",
        "Two maps go in and one comes out.",
        "Count one filter.",
        number=196,
    ),
)
