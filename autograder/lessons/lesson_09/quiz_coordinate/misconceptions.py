"""What goes wrong in `quiz_coordinate`: quiz: what coordinate attention costs."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "one_way_back",
        "There is one way back to the channels too few.",
        "Rows and columns have a convolution each on the way back.",
        "Count it twice.",
        number=1112,
    ),
    wrong(
        "no_biases",
        "The biases are missing.",
        "Each convolution has one for every channel that comes out of it.",
        "Add 8 + 64 + 64.",
        number=1552,
    ),
    wrong(
        "no_normalisation",
        "The normalisation is missing.",
        "It learns a factor and an offset for each hidden channel.",
        "Add two for each of them.",
        number=1672,
    ),
    wrong(
        "kernels_alone",
        "Only the kernels are counted.",
        (
            "Each convolution has a bias for every channel that comes out of it, and the normalisation "
            "learns a factor and an offset for each hidden channel."
        ),
        "Add 8 + 64 + 64 biases, and two for each hidden channel.",
        number=1536,
    ),
    wrong(
        "with_statistics",
        "The running averages are counted as well.",
        "Training does not change them by gradients: they are not trainable.",
        "Count the factor and the offset alone.",
        number=1704,
    ),
    wrong(
        "own_way_in",
        "Rows and columns have a layer each on the way in.",
        "They share it.",
        "Count it once.",
        number=2208,
    ),
)
