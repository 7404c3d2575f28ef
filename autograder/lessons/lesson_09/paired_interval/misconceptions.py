"""Misconceptions in `paired_interval`: Student's 95 % interval for the mean difference of pairs."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "normal",
        "The factor is that of the normal distribution.",
        (
            "It would be right if the deviation were known. From a few pairs it is a guess, and the interval "
            "is too short."
        ),
        "Use Student's t with n − 1 degrees of freedom.",
        ("stats.t.ppf(0.975, pairs - 1)", "stats.norm.ppf(0.975)"),
    ),
    wrong(
        "two_deviations",
        "The factor is 2.",
        "With many pairs that is near enough. With few the interval is too short.",
        "Use Student's t with n − 1 degrees of freedom.",
        ("stats.t.ppf(0.975, pairs - 1)", "2"),
    ),
    wrong(
        "standard_deviation",
        "The standard deviation stands in the place of the standard error.",
        "It says where the next difference may lie, not where the mean does.",
        "Divide by the root of the number of pairs.",
        (" / np.sqrt(pairs)", ""),
    ),
    wrong(
        "standard_error_alone",
        "The interval is one standard error to each side.",
        "That holds the true mean about two times in three, not nineteen in twenty.",
        "Multiply by Student's t.",
        ("stats.t.ppf(0.975, pairs - 1) * ", ""),
    ),
    wrong(
        "divided_by_n",
        "The deviation divides by n, not by n − 1.",
        "NumPy does so by itself. With few pairs the interval is too short.",
        "Say `ddof=1`.",
        ("std(ddof=1)", "std()"),
    ),
    wrong(
        "variance",
        "The variance stands in the place of the deviation.",
        "Its unit is the square of a point.",
        "Take its root: `std`.",
        ("std(ddof=1)", "var(ddof=1)"),
    ),
    wrong(
        "divided_by_pairs",
        "The deviation is divided by n, not by its root.",
        "The mean of four values moves half as much as one value, not a quarter.",
        "Divide by the root of the number of pairs.",
        ("/ np.sqrt(pairs)", "/ pairs"),
    ),
    wrong(
        "wrong_freedom",
        "Student's t has n degrees of freedom here.",
        "One of them is spent on the mean.",
        "n − 1.",
        ("pairs - 1", "pairs"),
    ),
    wrong(
        "one_sided",
        "The factor leaves 5 % on each side: that is an interval of 90 %.",
        "An interval of 95 % leaves 2.5 % on each side.",
        "Ask for the 0.975 quantile.",
        ("ppf(0.975,", "ppf(0.95,"),
    ),
    wrong(
        "unpaired",
        "The interval is that of two groups, not of pairs.",
        "What the two runs of a seed share then counts as noise, and hides the difference.",
        "Subtract pair by pair first.",
        (
            "half = stats.t.ppf(0.975, pairs - 1) * differences.std(ddof=1) / np.sqrt(pairs)",
            (
                "spread = np.var(values, ddof=1) + np.var(control_values, ddof=1)\n"
                "    half = stats.t.ppf(0.975, 2 * pairs - 2) * np.sqrt(spread / pairs)"
            ),
        ),
    ),
    wrong(
        "of_the_values",
        "The interval is that of the block alone.",
        "Without the control there is nothing to compare with.",
        "Take the differences.",
        (
            "differences = np.asarray(values) - np.asarray(control_values)  # (n,)",
            "differences = np.asarray(values)",
        ),
    ),
    wrong(
        "turned_round",
        "The control minus the block was taken.",
        'Then "higher" means that the control is better.',
        "Block minus control.",
        (
            "differences = np.asarray(values) - np.asarray(control_values)  # (n,)",
            "differences = np.asarray(control_values) - np.asarray(values)",
        ),
    ),
    wrong(
        "range_of_differences",
        "The smallest and the largest difference are given.",
        "They lie farther apart the more pairs there are, and say nothing about the mean.",
        "Mean ± t · s / √n.",
        (
            "return float(mean - half), float(mean), float(mean + half)",
            "return float(differences.min()), float(mean), float(differences.max())",
        ),
    ),
    wrong(
        "sizes_only",
        "The signs of the differences are lost.",
        "A pair in which the control was better counts as if the block were.",
        "Take the differences as they are.",
        (
            "differences = np.asarray(values) - np.asarray(control_values)  # (n,)",
            "differences = np.abs(np.asarray(values) - np.asarray(control_values))",
        ),
    ),
    wrong(
        "median",
        "The median stands in the middle, not the mean.",
        "Student's interval belongs to the mean.",
        "Take the mean.",
        ("differences.mean()", "np.median(differences)"),
    ),
    wrong(
        "mean_first",
        "The mean comes first.",
        "Whoever reads the result takes the first number as the lower end.",
        "Low, mean, high.",
        (
            "return float(mean - half), float(mean), float(mean + half)",
            "return float(mean), float(mean - half), float(mean + half)",
        ),
    ),
    wrong(
        "half_width",
        "Mean and half width came back.",
        "Three numbers were asked for.",
        "Low, mean, high.",
        ("return float(mean - half), float(mean), float(mean + half)", "return float(mean), float(half)"),
    ),
)
