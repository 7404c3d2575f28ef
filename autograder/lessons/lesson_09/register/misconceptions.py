"""Misconceptions in `register`: a plan that is fixed before the first run."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "seeds_in_a_list",
        "The seeds can be changed after the registration.",
        "The dataclass is frozen, but a list in it is not: a seed that disappointed can be taken out of it.",
        "Hand over a tuple.",
        ("seeds = tuple(seeds)\n", "seeds = list(seeds)\n"),
    ),
    wrong(
        "same_list",
        "The registration holds the very list that was handed in.",
        "Whoever made the list can still change it, and the registration changes with it.",
        "Make a tuple of it.",
        ("seeds = tuple(seeds)\n", "\n"),
    ),
    wrong(
        "open_to_change",
        "The registration can be changed later.",
        "Its attributes can be set again, so the metric can be changed after the fact.",
        "Return a `trials.Registration`: it is frozen.",
        (
            "return trials.Registration(hypothesis, variant, control, metric, seeds, digest)",
            (
                "from types import SimpleNamespace\n"
                "    return SimpleNamespace(hypothesis=hypothesis, variant=variant, control=control, "
                "metric=metric,\n"
                "                           seeds=seeds, digest=digest)"
            ),
        ),
    ),
    wrong(
        "plain_dict",
        "A dict came back.",
        "Every entry of a dict can be changed later, the metric too.",
        "Return a `trials.Registration`.",
        (
            "return trials.Registration(hypothesis, variant, control, metric, seeds, digest)",
            (
                "return dict(hypothesis=hypothesis, variant=variant, control=control, metric=metric, "
                "seeds=seeds,\n"
                "                digest=digest)"
            ),
        ),
    ),
    wrong(
        "metric_not_in_digest",
        "The metric is not in the digest.",
        "So it can be changed after the fact, and the digest still fits.",
        "All five parts belong into the text.",
        (
            "[hypothesis, variant, control, metric, list(seeds)]",
            "[hypothesis, variant, control, list(seeds)]",
        ),
    ),
    wrong(
        "seeds_not_in_digest",
        "The seeds are not in the digest.",
        "So those that disappointed can be left out, and the digest still fits.",
        "All five parts belong into the text.",
        ("[hypothesis, variant, control, metric, list(seeds)]", "[hypothesis, variant, control, metric]"),
    ),
    wrong(
        "control_not_in_digest",
        "The control is not in the digest.",
        "So a weaker one can be chosen later, and the digest still fits.",
        "All five parts belong into the text.",
        ("[hypothesis, variant, control, metric, list(seeds)]", "[hypothesis, variant, metric, list(seeds)]"),
    ),
    wrong(
        "hypothesis_not_in_digest",
        "The hypothesis is not in the digest.",
        "So it can be turned round once the result is known.",
        "All five parts belong into the text.",
        ("[hypothesis, variant, control, metric, list(seeds)]", "[variant, control, metric, list(seeds)]"),
    ),
    wrong(
        "other_order",
        "The digest is that of the parts in another order.",
        "Everybody has to write the same text, or equal plans have different digests.",
        "Hypothesis, variant, control, metric, seeds, in one list.",
        (
            "[hypothesis, variant, control, metric, list(seeds)]",
            "[hypothesis, control, variant, metric, list(seeds)]",
        ),
    ),
    wrong(
        "text_of_the_list",
        "The digest is that of Python's own text of the list.",
        "`str` writes single quotes. JSON is the same everywhere.",
        "Use `json.dumps`.",
        (
            "json.dumps([hypothesis, variant, control, metric, list(seeds)])",
            "str([hypothesis, variant, control, metric, list(seeds)])",
        ),
    ),
    wrong(
        "no_range",
        "The seeds are handed to JSON as they come.",
        "A list and a tuple pass, a range does not: JSON knows none.",
        "Make a list of them first: `list(seeds)`.",
        ("seeds = tuple(seeds)\n", "pass\n"),
        ("list(seeds)", "seeds"),
        ("metric, seeds, digest", "metric, tuple(seeds), digest"),
    ),
    wrong(
        "seeds_sorted",
        "The seeds have lost their order.",
        "Order matters little here, but what is registered is kept as it was said.",
        "Keep the seeds in the order in which they come.",
        ("seeds = tuple(seeds)\n", "seeds = tuple(sorted(seeds))\n"),
    ),
    wrong(
        "no_control_allowed",
        "A plan without a control is accepted.",
        "Without a control a high number says nothing: a network without the block might have it too.",
        "Refuse an empty control, and one that is the variant.",
        ("not control or control == variant", "False"),
    ),
    wrong(
        "itself_as_control",
        "A plan that compares the variant with itself is accepted.",
        "Its difference is 0 whatever the block does.",
        "Refuse a control that is the variant.",
        ("not control or control == variant", "not control"),
    ),
    wrong(
        "empty_control",
        "A plan with an empty control is accepted.",
        "An empty name is no control.",
        "Refuse it: `not control`.",
        ("not control or control == variant", "control == variant"),
    ),
    wrong(
        "too_few_seeds",
        "A plan with fewer than five seeds is accepted.",
        "So few pairs say next to nothing about the next one.",
        "Refuse fewer than five.",
        ("len(seeds) < 5 or len(set(seeds)) < len(seeds)", "len(set(seeds)) < len(seeds)"),
    ),
    wrong(
        "seed_twice",
        "A plan with the same seed twice is accepted.",
        "The second run with a seed is a copy of the first, and makes the interval too short.",
        "Compare `len(set(seeds))` with `len(seeds)`.",
        ("len(seeds) < 5 or len(set(seeds)) < len(seeds)", "len(seeds) < 5"),
    ),
    wrong(
        "different_counted",
        "Six seeds with one of them twice are accepted.",
        "Five different ones are left, but the sixth run is a copy, and makes the interval too short.",
        "Compare `len(set(seeds))` with `len(seeds)` as well.",
        ("len(seeds) < 5 or len(set(seeds)) < len(seeds)", "len(set(seeds)) < 5"),
    ),
    wrong(
        "seeds_dropped",
        "A seed that comes twice is dropped without a word.",
        "Then another plan is registered than the one that was handed in, and with fewer pairs.",
        "Raise a ValueError when a seed comes twice.",
        ("seeds = tuple(seeds)\n", "seeds = tuple(dict.fromkeys(seeds))\n"),
    ),
    wrong(
        "own_letters",
        "The digest is that of another JSON text: letters such as ä are written as they are.",
        (
            "`json.dumps` without options writes them as numbers. Everybody has to write the same text, or "
            "equal plans have different digests."
        ),
        "Leave out `ensure_ascii=False`.",
        (
            "[hypothesis, variant, control, metric, list(seeds)]",
            "[hypothesis, variant, control, metric, list(seeds)], ensure_ascii=False",
        ),
    ),
    wrong(
        "five_refused",
        "Five seeds are refused.",
        "Five are the least, and enough.",
        "Refuse fewer than five.",
        ("len(seeds) < 5", "len(seeds) <= 5"),
    ),
    wrong(
        "asserted",
        "Bad plans stop with an AssertionError, not with a ValueError.",
        "`assert` is for mistakes of the programmer, and can be switched off.",
        "Raise a ValueError that says what is wrong.",
        ("raise ValueError(", "raise AssertionError("),
    ),
    wrong(
        "only_printed",
        "Bad plans are accepted: without a control, with too few seeds, with a seed twice.",
        "Nothing stops them. A line on the screen stops nobody.",
        "Raise a ValueError.",
        ("raise ValueError(", "str("),
    ),
)
