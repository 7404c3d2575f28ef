"""Misconceptions in `quiz_coordinate`: the trainable parameters of coordinate attention."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "one_way_back",
        "There is one way back to the channels too few.",
        "Rows and columns have a convolution each on the way back.",
        "Count it twice.",
        number=520 + 16 + 576,
    ),
    wrong(
        "no_biases",
        "The biases are missing.",
        "Each convolution has one for every channel that comes out of it.",
        "Add 8 + 64 + 64.",
        number=512 + 16 + 1024,
    ),
    wrong(
        "no_normalisation",
        "The normalisation is missing.",
        "It learns a factor and an offset for each hidden channel.",
        "Add two for each of them.",
        number=520 + 1152,
    ),
    wrong(
        "kernels_alone",
        "Only the kernels are counted.",
        (
            "Each convolution has a bias for every channel that comes out of it, and the normalisation "
            "learns a factor and an offset for each hidden channel."
        ),
        "Add 8 + 64 + 64 biases, and two for each hidden channel.",
        number=512 + 1024,
    ),
    wrong(
        "with_statistics",
        "The running averages are counted as well.",
        "Training does not change them by gradients: they are not trainable.",
        "Count the factor and the offset alone.",
        number=520 + 32 + 1152,
    ),
    wrong(
        "own_way_in",
        "Rows and columns have a layer each on the way in.",
        "They share it.",
        "Count it once.",
        number=1040 + 16 + 1152,
    ),
)
