"""Misconceptions in `quiz_cbam_parameters`: the trainable parameters of a CBAM."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_spatial",
        "The spatial half is not counted.",
        "It has a kernel, a factor and an offset.",
        "Add 2 · 7 · 7 and 2.",
        number=8464,
    ),
    wrong(
        "no_normalisation",
        "The batch normalisation is not counted.",
        "It learns a factor and an offset.",
        "Add 2.",
        number=8562,
    ),
    wrong(
        "statistics",
        "The running mean and variance are counted too.",
        "They are kept, but not trained.",
        "Count two numbers for the normalisation, not four.",
        number=8566,
    ),
    wrong(
        "two_networks",
        "Two networks are counted, one for each summary.",
        "The same one reads both.",
        "Count the two dense layers once.",
        number=17028,
    ),
    wrong(
        "no_biases",
        "The biases of the dense layers are not counted.",
        "They have C/r and C of them.",
        "Add C/r + C.",
        number=8292,
    ),
    wrong(
        "one_map",
        "The kernel is counted for one map.",
        "The convolution sees the maximum and the mean, and has a kernel for each.",
        "Count 2 · 7 · 7 weights.",
        number=8515,
    ),
    wrong(
        "convolution_bias",
        "The convolution is counted with a bias.",
        "It has none: the offset of the normalisation does its work.",
        "Leave the bias of the convolution out.",
        number=8565,
    ),
    wrong(
        "one_matrix",
        "Only one of the two dense layers has its weights counted.",
        "The network goes from C to C/r and back to C.",
        "Count both matrices.",
        number=4468,
    ),
)
