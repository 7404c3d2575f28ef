"""Misconceptions in `quiz_lower_end`: where an interval begins."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "normal_factor",
        "That is with 1.96, the factor of the normal distribution.",
        "With five pairs the deviation is a guess, and the factor is Student's.",
        "Use 2.776.",
        number=4 - 1.96 * (2 / 5) ** 0.5,
    ),
    wrong(
        "divided_by_five",
        "The sum of squares was divided by 5.",
        "One degree of freedom is spent on the mean.",
        "Divide it by 4.",
        number=4 - 2.776 * 1.6**0.5 / 5**0.5,
    ),
    wrong(
        "divided_by_five_rounded",
        "The sum of squares was divided by 5.",
        "One degree of freedom is spent on the mean.",
        "Divide it by 4.",
        number=2.43,
    ),
    wrong(
        "deviation",
        "That is without the root of n.",
        "The standard deviation is that of single differences; the mean moves less.",
        "Divide it by √5.",
        number=4 - 2.776 * 2**0.5,
    ),
    wrong(
        "upper_end",
        "That is the upper end.",
        "The interval begins at mean *minus* half its width.",
        "Subtract.",
        number=4 + 2.776 * (2 / 5) ** 0.5,
    ),
    wrong(
        "half_width",
        "That is half the width.",
        "It still has to be taken from the mean.",
        "Subtract it from 4.",
        number=2.776 * (2 / 5) ** 0.5,
    ),
)
