"""Misconceptions in `quiz_map_values`: how many numbers an attention map has."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "small_image",
        "That is the map of a 28×28 image.",
        "The canvas here is 56 pixels wide and high.",
        "Use the size of the canvas.",
        number=784,
    ),
    wrong(
        "two_maps",
        "Both pooled maps are counted.",
        "The convolution turns the two into one.",
        "Count a single map.",
        number=6272,
    ),
    wrong(
        "one_side",
        "Only one side is counted.",
        "A map has rows and columns.",
        "Multiply height and width.",
        number=56,
    ),
    wrong(
        "no_padding",
        "The border is missing.",
        "With padding the map keeps the size of the feature map.",
        "Do not take the kernel's border off.",
        number=2500,
    ),
)
