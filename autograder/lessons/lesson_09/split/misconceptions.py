"""Misconceptions in `split`: training and test canvases that share no garment."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "canvases_shuffled",
        "The canvases were shuffled, not the garments: the test leaks into the training.",
        (
            "A garment with two canvases then often stands on both sides, and the network is tested on what "
            "it knows."
        ),
        "Choose garments, each of them once, and then all their canvases.",
        (
            "return np.flatnonzero(~in_test), np.flatnonzero(in_test)",
            (
                "order = np.random.default_rng(seed).permutation(len(garments))\n"
                "    return order[tested:], order[:tested]"
            ),
        ),
    ),
    wrong(
        "garments_with_repeats",
        "Fewer garments are held out than asked for.",
        (
            "Either some were chosen twice: the list holds each garment as often as it has canvases. Or "
            "numbers were drawn, not garments: the garments are not numbered from 0 on."
        ),
        "Draw from `np.unique(garments)`, each at most once.",
        ("np.unique(garments)", "garments"),
    ),
    wrong(
        "not_seeded",
        "The same seed gives another split.",
        (
            "The draw does not depend on `seed` alone, so nobody can repeat it, and a pair of runs shares no "
            "canvases."
        ),
        "Draw with `np.random.default_rng(seed)`.",
        ("np.random.default_rng(seed)", "np.random"),
    ),
    wrong(
        "fixed_seed",
        "Every seed holds out the same garments.",
        "Then all runs are tested on the same canvases, and the interval knows nothing about others.",
        "Use `seed`.",
        ("np.random.default_rng(seed)", "np.random.default_rng(0)"),
    ),
    wrong(
        "first_ones",
        "Every seed holds out the first garments.",
        "What is first is often alike: one class, one day, one photographer.",
        "Shuffle the garments with the seed, then take the first of them.",
        ("np.random.default_rng(seed).permutation(np.unique(garments))", "np.unique(garments)"),
    ),
    wrong(
        "swapped",
        "Training and test side have changed places.",
        "The small side would be trained on and the large one tested on.",
        "Return the training side first.",
        (
            "return np.flatnonzero(~in_test), np.flatnonzero(in_test)",
            "return np.flatnonzero(in_test), np.flatnonzero(~in_test)",
        ),
    ),
    wrong(
        "masks",
        "The sides are rows of True and False, not places.",
        "Both can pick canvases, but places were asked for, and they can be counted.",
        "Use `np.flatnonzero` on each.",
        ("return np.flatnonzero(~in_test), np.flatnonzero(in_test)", "return ~in_test, in_test"),
    ),
    wrong(
        "tested_on_all",
        "The test side holds every canvas.",
        "So everything that is trained on is tested on as well.",
        "Leave the training canvases out of the test.",
        (
            "return np.flatnonzero(~in_test), np.flatnonzero(in_test)",
            "return np.flatnonzero(~in_test), np.arange(len(garments))",
        ),
    ),
    wrong(
        "trained_on_all",
        "The training side holds every canvas.",
        "So everything that is tested on was trained on before: a leak of the whole test.",
        "Leave the test canvases out of the training.",
        (
            "return np.flatnonzero(~in_test), np.flatnonzero(in_test)",
            "return np.arange(len(garments)), np.flatnonzero(in_test)",
        ),
    ),
    wrong(
        "one_canvas_each",
        "Some canvases are on neither side.",
        "Of a garment with several canvases only one was kept.",
        "Every canvas whose garment is held out belongs to the test, every other to the training.",
        (
            "return np.flatnonzero(~in_test), np.flatnonzero(in_test)",
            (
                "first = np.unique(garments, return_index=True)[1]\n"
                "    return np.setdiff1d(first, np.flatnonzero(in_test)), "
                "np.intersect1d(first, np.flatnonzero(in_test))"
            ),
        ),
    ),
)
