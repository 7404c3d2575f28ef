"""Misconceptions in `quiz_se_parameters`: the trainable parameters of a block of 256 channels."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_biases",
        "The biases are missing.",
        "8192 is the number of weights. The question asks for biases too.",
        "Add one bias per hidden unit and one per channel.",
        number=8192,
    ),
    wrong(
        "no_last_bias",
        "The biases of the second layer are missing.",
        "The wide layer has one bias per channel.",
        "Add the biases of the second layer.",
        number=8208,
    ),
    wrong(
        "no_first_bias",
        "The biases of the first layer are missing.",
        "The narrow layer has one bias per hidden unit.",
        "Add the biases of the first layer.",
        number=8448,
    ),
    wrong(
        "one_layer",
        "Only the first layer is counted.",
        "The block goes down to C / r and back up to C.",
        "Add the layer that goes back up.",
        number=4112,
    ),
    wrong(
        "second_layer_only",
        "Only the second layer is counted.",
        "The layer that goes down to C / r has weights and biases too.",
        "Add the layer that goes down.",
        number=4352,
    ),
    wrong(
        "no_bottleneck",
        "The middle is counted as wide as the ends.",
        "The hidden layer has C // r units.",
        "Work out the hidden width first.",
        number=131_584,
    ),
)
