"""Misconceptions in `run_trials`: variant and control measured with every registered seed."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "best_seed_only",
        "Only the best seed is reported.",
        "The best of several runs is good by luck, with the block and without.",
        "Return the values of all seeds.",
        ("np.array(measured)", "np.array([max(measured)])"),
    ),
    wrong(
        "mean_only",
        "Only the mean over the seeds is reported.",
        "Without the single values there are no pairs, and no interval.",
        "Return one value per seed.",
        ("np.array(measured)", "np.array([np.mean(measured)])"),
    ),
    wrong(
        "sorted",
        "The values are sorted.",
        "Then the best run of one variant stands beside the best of the other: no pairs any more.",
        "Keep the order of the seeds.",
        ("np.array(measured)", "np.sort(measured)"),
    ),
    wrong(
        "seeds_not_paired",
        "The two variants do not have the same seeds.",
        "A difference between runs of different seeds also holds the difference between the seeds.",
        "Run both variants with every registered seed.",
        (
            "value = measure(variant, seed)[registration.metric]",
            "value = measure(variant, seed + (variant == registration.control))[registration.metric]",
        ),
    ),
    wrong(
        "control_missing",
        "The control was not run.",
        "The number of the block alone says nothing.",
        "Run the control with every seed as well.",
        (
            "found = {registration.variant: [], registration.control: []}",
            "found = {registration.variant: []}",
        ),
    ),
    wrong(
        "control_once",
        "The control was run with one seed only.",
        "One run of the control is beside every run of the block, so its luck counts every time.",
        "Run the control with every seed.",
        (
            "value = measure(variant, seed)[registration.metric]",
            (
                "value = measure(variant, seed if variant == registration.variant else registration.seeds[0])"
                "[registration.metric]"
            ),
        ),
    ),
    wrong(
        "metric_changed",
        "Another measure than the registered one is reported.",
        "Whoever may choose among measures afterwards will find one that agrees.",
        "Take `registration.metric`.",
        ("[registration.metric]", '["loss"]'),
    ),
    wrong(
        "always_accuracy",
        "The accuracy is reported, whatever was registered.",
        "The registered measure may be another one.",
        "Take `registration.metric`.",
        ("[registration.metric]", '["accuracy"]'),
    ),
    wrong(
        "best_metric",
        "For each run the highest of its measures is reported.",
        "The measure was fixed before the first run.",
        "Take `registration.metric`.",
        (
            "value = measure(variant, seed)[registration.metric]",
            "value = max(measure(variant, seed).values())",
        ),
    ),
    wrong(
        "run_until_good",
        "Runs were repeated and the better one kept.",
        "The better of two runs is better by luck.",
        "Call `measure` once for each pair, and keep what it returns.",
        (
            "value = measure(variant, seed)[registration.metric]",
            (
                "value = max(measure(variant, seed)[registration.metric], measure(variant, seed)"
                "[registration.metric])"
            ),
        ),
    ),
    wrong(
        "first_seeds_only",
        "Not all registered seeds were run.",
        "Who stops early may stop when it looks good.",
        "Run all of `registration.seeds`.",
        ("in registration.seeds:", "in registration.seeds[:3]:"),
    ),
    wrong(
        "seeds_counted",
        "Seeds were run that were not registered.",
        "The registered seeds are those in `registration.seeds`, not the numbers from 0 on.",
        "Go through `registration.seeds`.",
        ("in registration.seeds:", "in range(1000, 1000 + len(registration.seeds)):"),
    ),
    wrong(
        "failed_dropped",
        "A run that gave no number is dropped.",
        "The variant keeps its lucky runs only, and the pair is broken.",
        "Raise a ValueError.",
        (
            'raise ValueError(f"{variant} with seed {seed} measured {registration.metric} = {value}.")',
            "continue",
        ),
    ),
    wrong(
        "errors_swallowed",
        "A run that stopped with an error is passed over.",
        "That a run fails is a result too. Dropped, it makes the variant look better than it is.",
        "Catch nothing.",
        (
            "value = measure(variant, seed)[registration.metric]",
            (
                "try:\n"
                "                value = measure(variant, seed)[registration.metric]\n"
                "            except ArithmeticError:\n"
                "                continue"
            ),
        ),
    ),
    wrong(
        "failed_as_zero",
        "A run that gave no number counts as 0.",
        "That is a made-up measure, and a hard blow to its variant.",
        "Raise a ValueError.",
        (
            'raise ValueError(f"{variant} with seed {seed} measured {registration.metric} = {value}.")',
            "value = 0.0",
        ),
    ),
    wrong(
        "not_checked",
        "A measure that is not a number is accepted.",
        "Every mean and every interval with it is not a number either, or is lost in `nanmean`.",
        "Raise a ValueError where a measure is not finite.",
        ("if not np.isfinite(value):", "if False:"),
    ),
    wrong(
        "nan_only",
        "An infinite measure is accepted.",
        "No mean and no interval can hold it.",
        "`np.isfinite` refuses both: not a number, and infinite.",
        ("if not np.isfinite(value):", "if np.isnan(value):"),
    ),
    wrong(
        "measured_again",
        "A run that gave no number is run again.",
        "Who runs it again until it works keeps the lucky runs of that variant, and hides the others.",
        "Raise a ValueError at once.",
        (
            "value = measure(variant, seed)[registration.metric]",
            (
                "value = measure(variant, seed)[registration.metric]\n"
                "            if not np.isfinite(value):\n"
                "                value = measure(variant, seed)[registration.metric]"
            ),
        ),
    ),
    wrong(
        "tried_again",
        "A run that stopped with an error is run again.",
        "That a run fails is a result too, and nobody hears of it.",
        "Catch nothing, and measure each run once.",
        (
            "value = measure(variant, seed)[registration.metric]",
            (
                "try:\n"
                "                value = measure(variant, seed)[registration.metric]\n"
                "            except ArithmeticError:\n"
                "                value = measure(variant, seed)[registration.metric]"
            ),
        ),
    ),
    wrong(
        "differences_only",
        "The dict has not the registered names.",
        "Whoever reads it looks for the variant and the control by their names.",
        "The keys are `registration.variant` and `registration.control`.",
        (
            "return {variant: np.array(measured) for variant, measured in found.items()}",
            'return dict(zip(("variant", "control"), map(np.array, found.values())))',
        ),
    ),
)
