"""Misconceptions in `quiz_basic_block`: the trainable parameters of a residual block."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_norms",
        "The batch normalisations are not counted.",
        "Each learns a factor and an offset per channel.",
        "Add two numbers per channel for each of the two normalisations.",
        number=73728,
    ),
    wrong(
        "with_statistics",
        "The running means and variances are counted too.",
        "They are kept, but not trained.",
        "Count two numbers per channel and normalisation, not four.",
        number=74240,
    ),
    wrong(
        "with_projection",
        "A projection is counted.",
        "Channels and size stay, so that the input is added as it is.",
        "Leave the 1×1 convolution out.",
        number=78208,
    ),
    wrong(
        "one_convolution",
        "Only one convolution is counted.",
        "The branch has two.",
        "Count both convolutions and both normalisations.",
        number=36992,
    ),
    wrong(
        "with_biases",
        "The convolutions are counted with biases.",
        "They have none: the offset of the normalisation does their work.",
        "Leave the biases of the convolutions out.",
        number=74112,
    ),
)
