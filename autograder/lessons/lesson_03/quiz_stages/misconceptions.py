"""Misconceptions in `quiz_stages`: how many stages an encoder for 28 × 28 can have."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "too_many",
        "The third halving does not come out even.",
        "Half of 7 is no whole number. The pooling drops a row, and the decoder cannot bring it back.",
        "Count how often 28 can be halved until the number is odd.",
        number=3,
    ),
    wrong(
        "down_to_one",
        "You halved until one pixel was left.",
        "On the way the pooling drops rows that the decoder cannot bring back.",
        "Count how often 28 can be halved until the number is odd.",
        number=4,
    ),
    wrong(
        "the_rest",
        "That is the size that is left, not the number of halvings.",
        "28, 14, 7: count the steps.",
        "Count how often you halved.",
        number=7,
    ),
)
