"""Misconceptions in `quiz_wrong_labels`: how many bags are labelled sneaker."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "ten_classes",
        "The wrong labels are spread over ten classes.",
        "A wrong label is never the true one: nine are left.",
        "Divide by 9.",
        number=180,
    ),
    wrong(
        "all_wrong",
        "These are all bags with a wrong label.",
        "They are spread over nine classes, and *sneaker* is one of them.",
        "Divide by 9.",
        number=1800,
    ),
    wrong(
        "right_ones",
        "The share of right labels is spread.",
        "30 % are wrong, and those are spread over the other classes.",
        "Take 30 % of the bags.",
        number=round(6000 * 0.7 / 9),
    ),
)
