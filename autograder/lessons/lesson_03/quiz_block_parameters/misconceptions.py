"""Misconceptions in `quiz_block_parameters`: the trainable parameters of a block of the autoencoder."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_norm",
        "The normalisation is not counted.",
        "It learns a scale and a shift for every channel that goes out.",
        "Add two numbers for each channel.",
        number=4608,
    ),
    wrong(
        "with_bias",
        "The convolution's bias is counted too.",
        "The question says that it has none; the shift of the normalisation does its work.",
        "Leave the bias out.",
        number=4704,
    ),
    wrong(
        "statistics",
        "The running mean and variance are counted too.",
        "They are kept up to date, but not trained.",
        "Count what training changes: a scale and a shift for each channel.",
        number=4736,
    ),
    wrong(
        "norm_on_input",
        "The normalisation is counted with the channels that come in.",
        "It stands behind the convolution, where the channels that go out are.",
        "Count two numbers for each channel that goes out.",
        number=4640,
    ),
)
