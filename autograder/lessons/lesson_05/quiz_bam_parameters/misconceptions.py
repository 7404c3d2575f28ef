"""Misconceptions in `quiz_bam_parameters`: the trainable parameters of both branches."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_norms",
        "The batch normalisations are not counted.",
        "There are four of them on C // r channels; each learns a factor and an offset per channel.",
        "Add 2 · 4 for each of the four.",
        number=1141,
    ),
    wrong(
        "with_statistics",
        "The running means and variances are counted too.",
        "They are kept, but not trained.",
        "Count two numbers per channel and normalisation, not four.",
        number=1205,
    ),
    wrong(
        "channel_only",
        "Only the channel branch is counted.",
        "Both branches have weights.",
        "Add the spatial branch.",
        number=588,
    ),
    wrong(
        "spatial_only",
        "Only the spatial branch is counted.",
        "Both branches have weights.",
        "Add the channel branch.",
        number=585,
    ),
    wrong(
        "no_biases",
        "The biases are not counted.",
        "The question says that all layers have biases.",
        "Add one per unit and per filter, in all six layers.",
        number=1092,
    ),
    wrong(
        "one_dilated",
        "Only one 3×3 convolution is counted.",
        "There are two, each with its normalisation.",
        "Count both.",
        number=1017,
    ),
    wrong(
        "dilated_kernel",
        "The dilated kernels are counted as 9×9.",
        "A dilation of 4 spreads nine weights out; it adds none.",
        "Count 3×3 weights per pair of channels.",
        number=3477,
    ),
)
