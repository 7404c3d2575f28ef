"""Misconceptions in `quiz_bam_network`: the parameters that BAM adds to ResNet-18."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "four_places",
        "There is a BAM behind the last stage, too.",
        "It stands at the bottlenecks: behind every stage but the last.",
        "Leave the stage with 512 channels out.",
        number=91504,
    ),
    wrong(
        "every_block",
        "There is a BAM in every block.",
        "It stands once per bottleneck.",
        "Count three modules: behind the stages of 64, 128 and 256 channels.",
        number=183008,
    ),
    wrong(
        "two_per_stage",
        "There are two BAMs per stage.",
        "It stands once per bottleneck, not once per block.",
        "Count one module for each of the first three stages.",
        number=45982,
    ),
    wrong(
        "one_place",
        "Only one bottleneck is counted.",
        "There are three: behind the stages of 64, 128 and 256 channels.",
        "Add up three modules.",
        number=17361,
    ),
    wrong(
        "later_stages",
        "The widths are those of the stages behind the bottlenecks.",
        "BAM stands before the size is halved, on 64, 128 and 256 channels.",
        "Add up the modules for 64, 128 and 256 channels.",
        number=90331,
    ),
)
