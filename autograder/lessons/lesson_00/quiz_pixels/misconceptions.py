"""Misconceptions in `quiz_pixels`: how many values the training set has."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "one_image",
        "That is one image.",
        "The training set holds many of them.",
        "Multiply by the number of images.",
        number=784,
    ),
    wrong(
        "images_only",
        "That is the number of images.",
        "Every image has height × width values.",
        "Multiply by the values of one image.",
        number=60_000,
    ),
    wrong(
        "one_side",
        "Only one side of the image is counted.",
        "An image has height and width.",
        "Multiply by the other side too.",
        number=60_000 * 28,
    ),
    wrong(
        "whole_dataset",
        "The test images are counted too.",
        "The question is about the training set.",
        "Leave the test images out.",
        number=70_000 * 784,
    ),
    wrong(
        "test_set",
        "That is the test set.",
        "The training set is six times as large.",
        "Use the number of training images.",
        number=10_000 * 784,
    ),
    wrong(
        "three_channels",
        "Three colours are counted.",
        "The images are grey: one value per pixel.",
        "Count one channel.",
        number=3 * 60_000 * 784,
    ),
)
