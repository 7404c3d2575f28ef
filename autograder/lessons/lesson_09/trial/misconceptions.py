"""Misconceptions in `trial`: one network trained and measured, with all chance from the seed."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "first_weights_not_seeded",
        "The first weights are not seeded, or too late.",
        (
            "They are drawn from whatever ran before. The two runs of a pair then begin with other weights, "
            "and no run can be repeated."
        ),
        "Call `keras.utils.set_random_seed(seed)` before the network is made.",
        ("keras.utils.set_random_seed(seed)", "pass"),
    ),
    wrong(
        "same_first_weights",
        "Every seed begins with the same first weights.",
        "Then the seeds do not show how much the first weights matter, and the interval is too short.",
        "Give `seed` to `set_random_seed`.",
        ("keras.utils.set_random_seed(seed)", "keras.utils.set_random_seed(0)"),
    ),
    wrong(
        "first_weights_of_one",
        "Every seed begins with the same first weights: the number 1 stands where `seed` should.",
        "Then the seeds do not show how much the first weights matter, and the interval is too short.",
        "Give `seed` to `set_random_seed`.",
        ("keras.utils.set_random_seed(seed)", "keras.utils.set_random_seed(1)"),
    ),
    wrong(
        "canvases_of_one",
        "Every seed has the same canvases: the number 1 stands where `seed` should.",
        "Then the result holds for these canvases, and nobody knows about others.",
        "Give `seed` to `canvases`.",
        ("train, test = canvases(seed)", "train, test = canvases(1)"),
    ),
    wrong(
        "same_canvases",
        "Every seed has the same canvases.",
        "Then the result holds for these canvases, and nobody knows about others.",
        "Give `seed` to `canvases`.",
        ("train, test = canvases(seed)", "train, test = canvases(0)"),
    ),
    wrong(
        "one_seed_for_all",
        "Every seed gives the same run.",
        "Ten copies of one run are one run.",
        "Use `seed` in every step.",
        ("keras.utils.set_random_seed(seed)", "seed = 0\n    keras.utils.set_random_seed(0)"),
    ),
    wrong(
        "order_not_seeded",
        "The order of the images does not go by the seed.",
        "`fit` gets the same number for every seed.",
        "Hand `seed` to `fit`.",
        ("fit(model, train, seed)", "fit(model, train, 0)"),
    ),
    wrong(
        "scored_on_training",
        "The network is scored on the canvases it was trained on.",
        "It may know them by heart. What counts is what it does with others.",
        "Score it on the second part.",
        ("return score(model, test)", "return score(model, train)"),
    ),
    wrong(
        "trained_on_test",
        "The network is trained on the canvases of the test.",
        "They must not be seen before they are scored.",
        "Train it on the first part.",
        ("fit(model, train, seed)", "fit(model, test, seed)"),
    ),
    wrong(
        "trained_on_both",
        "The network is trained on the canvases of the test as well.",
        "They must not be seen before they are scored: that is a leak.",
        "Train it on the first part alone.",
        ("fit(model, train, seed)", "fit(model, train, seed)\n    fit(model, test, seed)"),
    ),
    wrong(
        "not_trained",
        "The network is scored before it has learned anything.",
        "That is one of the controls, but here the trained network is on trial.",
        "Call `fit` before `score`.",
        ("fit(model, train, seed)", "pass"),
    ),
    wrong(
        "parts_swapped",
        "The two parts of the canvases have changed places.",
        "The small part is trained on, the large one tested on.",
        "`canvases` returns the training part first.",
        ("train, test = canvases(seed)", "test, train = canvases(seed)"),
    ),
    wrong(
        "best_of_two",
        "The better of two trainings is reported.",
        "The best of several runs is better than a run, with or without attention.",
        "Train once.",
        (
            "return score(model, test)",
            (
                "first = score(model, test)\n"
                "    fit(model, train, seed + 1)\n"
                "    second = score(model, test)\n"
                "    return max(first, second, key=lambda found: found['accuracy'])"
            ),
        ),
    ),
)
