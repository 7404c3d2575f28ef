"""Misconceptions in `quiz_small_kernels`: what smaller spatial kernels save in ResNet-50."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "one_module",
        "One module is counted.",
        "There is one in each of the 16 blocks.",
        "Multiply by 16.",
        number=80,
    ),
    wrong(
        "one_map",
        "The kernels are counted for one map.",
        "Two maps go in, and there is a kernel for each.",
        "Multiply by 2.",
        number=640,
    ),
    wrong(
        "not_saved",
        "That is what is left, not what is saved.",
        "The question asks for the difference.",
        "Take the small kernels away from the large ones.",
        number=288,
    ),
    wrong(
        "large_kernels",
        "That is the size of the large kernels.",
        "The small ones have parameters too.",
        "Take the small kernels away from the large ones.",
        number=1568,
    ),
    wrong(
        "one_side",
        "Only one side of the kernels is counted.",
        "A kernel has rows and columns.",
        "Square the sides first.",
        number=128,
    ),
)
