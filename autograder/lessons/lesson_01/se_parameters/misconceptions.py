"""Misconceptions in `se_parameters`: the trainable numbers of a squeeze-and-excitation block, by formula."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_biases",
        "The biases are missing.",
        "Each layer has as many biases as it has units.",
        "Add one bias per hidden unit and one per channel.",
        (
            "return (channels * hidden + hidden) + (hidden * channels + channels)",
            "return 2 * channels * hidden",
        ),
    ),
    wrong(
        "no_last_bias",
        "The biases of the second layer are missing.",
        "The wide layer has one bias per channel.",
        "Add C.",
        (
            "return (channels * hidden + hidden) + (hidden * channels + channels)",
            "return 2 * channels * hidden + hidden",
        ),
    ),
    wrong(
        "no_first_bias",
        "The biases of the first layer are missing.",
        "The narrow layer has one bias per hidden unit.",
        "Add C // r.",
        (
            "return (channels * hidden + hidden) + (hidden * channels + channels)",
            "return 2 * channels * hidden + channels",
        ),
    ),
    wrong(
        "biases_swapped",
        "Biases are counted per input instead of per unit.",
        "A layer has one bias for each number it puts out: two layers of width C / r would have that many.",
        "Count the outputs of each layer.",
        (
            "return (channels * hidden + hidden) + (hidden * channels + channels)",
            "return 2 * channels * hidden + 2 * channels",
        ),
    ),
    wrong(
        "narrow_biases_twice",
        "The biases of the narrow layer are counted for both layers.",
        "The second layer puts out C numbers, so it has C biases.",
        "Add C once and C // r once.",
        (
            "return (channels * hidden + hidden) + (hidden * channels + channels)",
            "return 2 * channels * hidden + 2 * hidden",
        ),
    ),
    wrong(
        "one_layer",
        "Only one of the two layers is counted.",
        "The block goes down to C / r and back up to C.",
        "Add the layer from C / r back to C.",
        (
            "return (channels * hidden + hidden) + (hidden * channels + channels)",
            "return channels * hidden + hidden",
        ),
    ),
    wrong(
        "second_layer_only",
        "Only the second layer is counted.",
        "The layer from C down to C / r has weights and biases too.",
        "Add the first layer.",
        (
            "return (channels * hidden + hidden) + (hidden * channels + channels)",
            "return hidden * channels + channels",
        ),
    ),
    wrong(
        "no_bottleneck",
        "The middle is counted as wide as the ends.",
        "The hidden layer has C // r units.",
        "Divide the number of channels by the reduction first.",
        ("channels // reduction", "channels"),
    ),
    wrong(
        "reduction_as_width",
        "The middle is counted with r units.",
        "The reduction says how many times narrower the middle is, not how wide.",
        "Use C // r units.",
        ("channels // reduction", "reduction"),
    ),
    wrong(
        "float_count",
        "The count is a float, such as 580.0.",
        "`/` gives a float in Python; a number of parameters is whole.",
        "Divide with `//`.",
        ("channels // reduction", "channels / reduction"),
    ),
)
