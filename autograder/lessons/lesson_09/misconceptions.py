"""What goes wrong in lesson 09, attention on trial: the ways to test a block badly."""

from autograder.keys.misconceptions import wrong

# my_attention ---------------------------------------------------------------------------------------------
SCALED = 'return layers.Multiply(name=name + "_scaled")([x, gates])  # (N, H, W, C)'
MEAN = 'layers.GlobalAveragePooling2D(name=name + "_mean")(x)'
SLIDE = 'slide = layers.Conv1D(1, 3, padding="same", use_bias=False, name=name + "_slide")'

MINE = (
    wrong(
        "my_attention",
        "gates_alone",
        "The gates come back, not the refined map.",
        "A network goes on with the feature map; the gates only say how much of it.",
        "Multiply `x` by the gates, and return that.",
        (SCALED, "return gates"),
    ),
    wrong(
        "my_attention",
        "nothing_done",
        "The input comes back as it is.",
        "A block that does nothing is a fine control, but here it is the block on trial.",
        "Multiply `x` by what your layers found in it.",
        (SCALED, "return x"),
    ),
    wrong(
        "my_attention",
        "cannot_look",
        "Every image is scaled in the same way: the gates do not come from the input.",
        "Factors that are learned and then fixed are what the control has.",
        "Make the gates from `x`.",
        (MEAN, 'layers.GlobalAveragePooling2D(name=name + "_mean")(keras.ops.ones_like(x))'),
    ),
    wrong(
        "my_attention",
        "activation_function",
        "Each value is changed by itself alone.",
        "That is an activation function. Attention lets a value depend on what is around it.",
        "Let the gate also depend on other positions or channels: a mean, a convolution.",
        (SCALED, "return x * keras.ops.sigmoid(x)"),
    ),
    wrong(
        "my_attention",
        "adds",
        "The block adds something to x, or puts something in its place.",
        "Its twin scales where the block adds, and is no control for it. What is on trial here scales.",
        "Multiply `x` by what your layers found in it.",
        (SCALED, "return x + gates"),
    ),
    wrong(
        "my_attention",
        "batch_mixed",
        "The images of a batch are mixed.",
        "A mean over axis 0 looks at the other images. What comes out then depends on the company.",
        "Take means over positions, which are axes 1 and 2, or over channels; never over axis 0.",
        (MEAN, "keras.ops.mean(x, axis=(0, 1, 2), keepdims=True)[:, 0, 0] + 0 * x[:, 0, 0]"),
    ),
    wrong(
        "my_attention",
        "own_division_by_zero",
        "Where a channel is 0 everywhere, the result is not a number.",
        "Something is divided by a deviation or a sum that can be 0, as it is for a dead channel.",
        "Add a small number below the fraction.",
        (SCALED, "return x * keras.ops.sigmoid(x / keras.ops.std(x, axis=(1, 2), keepdims=True))"),
    ),
    wrong(
        "my_attention",
        "weights_shared",
        "Two uses of the block share their weights.",
        "A layer that is made once, outside the function, is the same layer wherever it is called.",
        "Make the layers inside the function.",
        code="""\
made_once = layers.Conv1D(1, 3, padding="same", use_bias=False)


def my_attention(x, name):
    z = keras.ops.expand_dims(keras.ops.mean(x, axis=(1, 2)), -1)
    gates = keras.ops.sigmoid(made_once(z))
    return x * keras.ops.reshape(gates, (-1, 1, 1, x.shape[-1]))
""",
    ),
    wrong(
        "my_attention",
        "dead_weights",
        "Some of the weights can never learn: no gradient reaches them.",
        "Rounding and comparing are flat nearly everywhere, and a layer whose output is not used "
        "learns nothing.",
        "Let all of the block's layers take part in the result, and use smooth functions.",
        ("slide(z)", "keras.ops.round(slide(z))"),
    ),
    wrong(
        "my_attention",
        "nameless",
        "A layer with weights has another name than the one passed in.",
        "By its name a layer is found again in a network that has the block twice.",
        "Let the name of every layer with weights begin with `name`.",
        (SLIDE, 'slide = layers.Conv1D(1, 3, padding="same", use_bias=False)'),
    ),
)

# blind ----------------------------------------------------------------------------------------------------
SEES_ONES = "return x * attention(keras.ops.ones_like(x), name)  # (N, H, W, C)"

BLIND = (
    wrong(
        "blind",
        "no_control",
        "The control is the block itself.",
        "It sees the input, so block and control cannot differ by looking.",
        "Show the attention a map of ones.",
        (SEES_ONES, "return attention(x, name)"),
    ),
    wrong(
        "blind",
        "control_without_weights",
        "The control has no weights: it is not of equal cost.",
        "A block may help by its weights alone. A control without them cannot tell.",
        "Call `attention` on a map of ones, and multiply `x` by what comes back.",
        (SEES_ONES, "return x"),
    ),
    wrong(
        "blind",
        "gates_without_input",
        "The attention's answer to the ones comes back by itself.",
        "Nothing of the input is left, so nothing can be recognised behind it.",
        "Multiply `x` by it.",
        (SEES_ONES, "return attention(keras.ops.ones_like(x), name)"),
    ),
    wrong(
        "blind",
        "shown_zeros",
        "The attention is shown a map of zeros.",
        "What it returns is then 0 whatever its gates are, and so is the control.",
        "Show it ones: ones times the gates are the gates.",
        ("ones_like", "zeros_like"),
    ),
    wrong(
        "blind",
        "gated_twice",
        "The control looks after all: the block's own output is scaled.",
        "`attention(x)` depends on the input; a control must not.",
        "Multiply `x` itself.",
        ("return x *", "return attention(x, name + '_seen') *"),
    ),
    wrong(
        "blind",
        "mean_shown",
        "The attention is shown the mean of the image.",
        "That is less than the image, but it is still looking: the gates differ from image to image.",
        "Show it ones.",
        (
            "keras.ops.ones_like(x)",
            "0 * x + keras.ops.mean(x, axis=(1, 2, 3), keepdims=True)",
        ),
    ),
    wrong(
        "blind",
        "added",
        "The gates are added to the input.",
        "Attention scales, and its control has to do the same thing.",
        "Multiply.",
        ("return x * ", "return x + "),
    ),
    wrong(
        "blind",
        "called_at_once",
        "The inner function is called instead of returned.",
        "`blind` makes a function. Somebody else calls it later, with a feature map and a name.",
        "Write `return control`, without brackets.",
        ("return control", "return control(attention, 'blind')"),
    ),
    wrong(
        "blind",
        "divided_by_itself",
        "Where the input is 0, the result is not a number.",
        "`x / x` is 1 nearly everywhere, but 0 / 0 is no number, and behind a ReLU many values are 0.",
        "Use `keras.ops.ones_like(x)`.",
        ("keras.ops.ones_like(x)", "x / x"),
    ),
)

# split ----------------------------------------------------------------------------------------------------
HELD = "held_out = np.random.default_rng(seed).permutation(np.unique(garments))[:tested]"
SIDES = "return np.flatnonzero(~in_test), np.flatnonzero(in_test)"
RNG = "np.random.default_rng(seed)"

SPLIT = (
    wrong(
        "split",
        "canvases_shuffled",
        "The canvases were shuffled, not the garments: the test leaks into the training.",
        "A garment with two canvases then often stands on both sides, and the network is tested on "
        "what it knows.",
        "Choose garments, each of them once, and then all their canvases.",
        (SIDES, f"order = {RNG}.permutation(len(garments))\n    return order[tested:], order[:tested]"),
    ),
    wrong(
        "split",
        "garments_with_repeats",
        "Fewer garments are held out than asked for.",
        "Either some were chosen twice: the list holds each garment as often as it has canvases. Or numbers "
        "were drawn, not garments: the garments are not numbered from 0 on.",
        "Draw from `np.unique(garments)`, each at most once.",
        ("np.unique(garments)", "garments"),
    ),
    wrong(
        "split",
        "not_seeded",
        "The same seed gives another split.",
        "The draw does not depend on `seed` alone, so nobody can repeat it, and a pair of runs "
        "shares no canvases.",
        "Draw with `np.random.default_rng(seed)`.",
        (RNG, "np.random"),
    ),
    wrong(
        "split",
        "fixed_seed",
        "Every seed holds out the same garments.",
        "Then all runs are tested on the same canvases, and the interval knows nothing about others.",
        "Use `seed`.",
        (RNG, "np.random.default_rng(0)"),
    ),
    wrong(
        "split",
        "first_ones",
        "Every seed holds out the first garments.",
        "What is first is often alike: one class, one day, one photographer.",
        "Shuffle the garments with the seed, then take the first of them.",
        (f"{RNG}.permutation(np.unique(garments))", "np.unique(garments)"),
    ),
    wrong(
        "split",
        "swapped",
        "Training and test side have changed places.",
        "The small side would be trained on and the large one tested on.",
        "Return the training side first.",
        (SIDES, "return np.flatnonzero(in_test), np.flatnonzero(~in_test)"),
    ),
    wrong(
        "split",
        "masks",
        "The sides are rows of True and False, not places.",
        "Both can pick canvases, but places were asked for, and they can be counted.",
        "Use `np.flatnonzero` on each.",
        (SIDES, "return ~in_test, in_test"),
    ),
    wrong(
        "split",
        "tested_on_all",
        "The test side holds every canvas.",
        "So everything that is trained on is tested on as well.",
        "Leave the training canvases out of the test.",
        (SIDES, "return np.flatnonzero(~in_test), np.arange(len(garments))"),
    ),
    wrong(
        "split",
        "trained_on_all",
        "The training side holds every canvas.",
        "So everything that is tested on was trained on before: a leak of the whole test.",
        "Leave the test canvases out of the training.",
        (SIDES, "return np.arange(len(garments)), np.flatnonzero(in_test)"),
    ),
    wrong(
        "split",
        "one_canvas_each",
        "Some canvases are on neither side.",
        "Of a garment with several canvases only one was kept.",
        "Every canvas whose garment is held out belongs to the test, every other to the training.",
        (
            SIDES,
            "first = np.unique(garments, return_index=True)[1]\n"
            "    return np.setdiff1d(first, np.flatnonzero(in_test)), np.intersect1d(first, "
            "np.flatnonzero(in_test))",
        ),
    ),
)

# trial ----------------------------------------------------------------------------------------------------
SEEDED, MAKE, PAINT = (
    "keras.utils.set_random_seed(seed)",
    "model = network(attention)",
    "train, test = canvases(seed)",
)
FIT, SCORE = "fit(model, train, seed)", "return score(model, test)"

TRIAL = (
    wrong(
        "trial",
        "first_weights_not_seeded",
        "The first weights are not seeded, or too late.",
        "They are drawn from whatever ran before. The two runs of a pair then begin with other "
        "weights, and no run can "
        "be repeated.",
        "Call `keras.utils.set_random_seed(seed)` before the network is made.",
        (SEEDED, "pass"),
    ),
    wrong(
        "trial",
        "same_first_weights",
        "Every seed begins with the same first weights.",
        "Then the seeds do not show how much the first weights matter, and the interval is too short.",
        "Give `seed` to `set_random_seed`.",
        (SEEDED, "keras.utils.set_random_seed(0)"),
    ),
    wrong(
        "trial",
        "first_weights_of_one",
        "Every seed begins with the same first weights: the number 1 stands where `seed` should.",
        "Then the seeds do not show how much the first weights matter, and the interval is too short.",
        "Give `seed` to `set_random_seed`.",
        (SEEDED, "keras.utils.set_random_seed(1)"),
    ),
    wrong(
        "trial",
        "canvases_of_one",
        "Every seed has the same canvases: the number 1 stands where `seed` should.",
        "Then the result holds for these canvases, and nobody knows about others.",
        "Give `seed` to `canvases`.",
        (PAINT, "train, test = canvases(1)"),
    ),
    wrong(
        "trial",
        "same_canvases",
        "Every seed has the same canvases.",
        "Then the result holds for these canvases, and nobody knows about others.",
        "Give `seed` to `canvases`.",
        (PAINT, "train, test = canvases(0)"),
    ),
    wrong(
        "trial",
        "one_seed_for_all",
        "Every seed gives the same run.",
        "Ten copies of one run are one run.",
        "Use `seed` in every step.",
        (SEEDED, "seed = 0\n    keras.utils.set_random_seed(0)"),
    ),
    wrong(
        "trial",
        "order_not_seeded",
        "The order of the images does not go by the seed.",
        "`fit` gets the same number for every seed.",
        "Hand `seed` to `fit`.",
        (FIT, "fit(model, train, 0)"),
    ),
    wrong(
        "trial",
        "scored_on_training",
        "The network is scored on the canvases it was trained on.",
        "It may know them by heart. What counts is what it does with others.",
        "Score it on the second part.",
        (SCORE, "return score(model, train)"),
    ),
    wrong(
        "trial",
        "trained_on_test",
        "The network is trained on the canvases of the test.",
        "They must not be seen before they are scored.",
        "Train it on the first part.",
        (FIT, "fit(model, test, seed)"),
    ),
    wrong(
        "trial",
        "trained_on_both",
        "The network is trained on the canvases of the test as well.",
        "They must not be seen before they are scored: that is a leak.",
        "Train it on the first part alone.",
        (FIT, f"{FIT}\n    fit(model, test, seed)"),
    ),
    wrong(
        "trial",
        "not_trained",
        "The network is scored before it has learned anything.",
        "That is one of the controls, but here the trained network is on trial.",
        "Call `fit` before `score`.",
        (FIT, "pass"),
    ),
    wrong(
        "trial",
        "parts_swapped",
        "The two parts of the canvases have changed places.",
        "The small part is trained on, the large one tested on.",
        "`canvases` returns the training part first.",
        (PAINT, "test, train = canvases(seed)"),
    ),
    wrong(
        "trial",
        "best_of_two",
        "The better of two trainings is reported.",
        "The best of several runs is better than a run, with or without attention.",
        "Train once.",
        (
            SCORE,
            "first = score(model, test)\n    fit(model, train, seed + 1)\n    second = score(model, test)\n"
            "    return max(first, second, key=lambda found: found['accuracy'])",
        ),
    ),
)

# register -------------------------------------------------------------------------------------------------
FROZEN = "return trials.Registration(hypothesis, variant, control, metric, seeds, digest)"
SAID = "[hypothesis, variant, control, metric, list(seeds)]"
NO_CONTROL = "not control or control == variant"
FEW = "len(seeds) < 5 or len(set(seeds)) < len(seeds)"
ANSWER = "seeds = tuple(seeds)\n"

REGISTER = (
    wrong(
        "register",
        "seeds_in_a_list",
        "The seeds can be changed after the registration.",
        "The dataclass is frozen, but a list in it is not: a seed that disappointed can be taken out of it.",
        "Hand over a tuple.",
        (ANSWER, "seeds = list(seeds)\n"),
    ),
    wrong(
        "register",
        "same_list",
        "The registration holds the very list that was handed in.",
        "Whoever made the list can still change it, and the registration changes with it.",
        "Make a tuple of it.",
        (ANSWER, "\n"),
    ),
    wrong(
        "register",
        "open_to_change",
        "The registration can be changed later.",
        "Its attributes can be set again, so the metric can be changed after the fact.",
        "Return a `trials.Registration`: it is frozen.",
        (
            FROZEN,
            "from types import SimpleNamespace\n"
            "    return SimpleNamespace(hypothesis=hypothesis, variant=variant, control=control, "
            "metric=metric,\n"
            "                           seeds=seeds, digest=digest)",
        ),
    ),
    wrong(
        "register",
        "plain_dict",
        "A dict came back.",
        "Every entry of a dict can be changed later, the metric too.",
        "Return a `trials.Registration`.",
        (
            FROZEN,
            "return dict(hypothesis=hypothesis, variant=variant, control=control, metric=metric, "
            "seeds=seeds,\n"
            "                digest=digest)",
        ),
    ),
    wrong(
        "register",
        "metric_not_in_digest",
        "The metric is not in the digest.",
        "So it can be changed after the fact, and the digest still fits.",
        "All five parts belong into the text.",
        (SAID, "[hypothesis, variant, control, list(seeds)]"),
    ),
    wrong(
        "register",
        "seeds_not_in_digest",
        "The seeds are not in the digest.",
        "So those that disappointed can be left out, and the digest still fits.",
        "All five parts belong into the text.",
        (SAID, "[hypothesis, variant, control, metric]"),
    ),
    wrong(
        "register",
        "control_not_in_digest",
        "The control is not in the digest.",
        "So a weaker one can be chosen later, and the digest still fits.",
        "All five parts belong into the text.",
        (SAID, "[hypothesis, variant, metric, list(seeds)]"),
    ),
    wrong(
        "register",
        "hypothesis_not_in_digest",
        "The hypothesis is not in the digest.",
        "So it can be turned round once the result is known.",
        "All five parts belong into the text.",
        (SAID, "[variant, control, metric, list(seeds)]"),
    ),
    wrong(
        "register",
        "other_order",
        "The digest is that of the parts in another order.",
        "Everybody has to write the same text, or equal plans have different digests.",
        "Hypothesis, variant, control, metric, seeds, in one list.",
        (SAID, "[hypothesis, control, variant, metric, list(seeds)]"),
    ),
    wrong(
        "register",
        "text_of_the_list",
        "The digest is that of Python's own text of the list.",
        "`str` writes single quotes. JSON is the same everywhere.",
        "Use `json.dumps`.",
        (f"json.dumps({SAID})", f"str({SAID})"),
    ),
    wrong(
        "register",
        "no_range",
        "The seeds are handed to JSON as they come.",
        "A list and a tuple pass, a range does not: JSON knows none.",
        "Make a list of them first: `list(seeds)`.",
        (ANSWER, "pass\n"),
        ("list(seeds)", "seeds"),
        ("metric, seeds, digest", "metric, tuple(seeds), digest"),
    ),
    wrong(
        "register",
        "seeds_sorted",
        "The seeds have lost their order.",
        "Order matters little here, but what is registered is kept as it was said.",
        "Keep the seeds in the order in which they come.",
        (ANSWER, "seeds = tuple(sorted(seeds))\n"),
    ),
    wrong(
        "register",
        "no_control_allowed",
        "A plan without a control is accepted.",
        "Without a control a high number says nothing: a network without the block might have it too.",
        "Refuse an empty control, and one that is the variant.",
        (NO_CONTROL, "False"),
    ),
    wrong(
        "register",
        "itself_as_control",
        "A plan that compares the variant with itself is accepted.",
        "Its difference is 0 whatever the block does.",
        "Refuse a control that is the variant.",
        (NO_CONTROL, "not control"),
    ),
    wrong(
        "register",
        "empty_control",
        "A plan with an empty control is accepted.",
        "An empty name is no control.",
        "Refuse it: `not control`.",
        (NO_CONTROL, "control == variant"),
    ),
    wrong(
        "register",
        "too_few_seeds",
        "A plan with fewer than five seeds is accepted.",
        "So few pairs say next to nothing about the next one.",
        "Refuse fewer than five.",
        (FEW, "len(set(seeds)) < len(seeds)"),
    ),
    wrong(
        "register",
        "seed_twice",
        "A plan with the same seed twice is accepted.",
        "The second run with a seed is a copy of the first, and makes the interval too short.",
        "Compare `len(set(seeds))` with `len(seeds)`.",
        (FEW, "len(seeds) < 5"),
    ),
    wrong(
        "register",
        "different_counted",
        "Six seeds with one of them twice are accepted.",
        "Five different ones are left, but the sixth run is a copy, and makes the interval too short.",
        "Compare `len(set(seeds))` with `len(seeds)` as well.",
        (FEW, "len(set(seeds)) < 5"),
    ),
    wrong(
        "register",
        "seeds_dropped",
        "A seed that comes twice is dropped without a word.",
        "Then another plan is registered than the one that was handed in, and with fewer pairs.",
        "Raise a ValueError when a seed comes twice.",
        (ANSWER, "seeds = tuple(dict.fromkeys(seeds))\n"),
    ),
    wrong(
        "register",
        "own_letters",
        "The digest is that of another JSON text: letters such as ä are written as they are.",
        "`json.dumps` without options writes them as numbers. Everybody has to write the same text, or equal "
        "plans have different digests.",
        "Leave out `ensure_ascii=False`.",
        (SAID, f"{SAID}, ensure_ascii=False"),
    ),
    wrong(
        "register",
        "five_refused",
        "Five seeds are refused.",
        "Five are the least, and enough.",
        "Refuse fewer than five.",
        ("len(seeds) < 5", "len(seeds) <= 5"),
    ),
    wrong(
        "register",
        "asserted",
        "Bad plans stop with an AssertionError, not with a ValueError.",
        "`assert` is for mistakes of the programmer, and can be switched off.",
        "Raise a ValueError that says what is wrong.",
        ("raise ValueError(", "raise AssertionError("),
    ),
    wrong(
        "register",
        "only_printed",
        "Bad plans are accepted: without a control, with too few seeds, with a seed twice.",
        "Nothing stops them. A line on the screen stops nobody.",
        "Raise a ValueError.",
        ("raise ValueError(", "str("),
    ),
)

# run_trials -----------------------------------------------------------------------------------------------
VALUE = "value = measure(variant, seed)[registration.metric]"
CHECK = "if not np.isfinite(value):"
RAISE = 'raise ValueError(f"{variant} with seed {seed} measured {registration.metric} = {value}.")'
RESULT = "return {variant: np.array(measured) for variant, measured in found.items()}"
PAIR = "found = {registration.variant: [], registration.control: []}"

RUN = (
    wrong(
        "run_trials",
        "best_seed_only",
        "Only the best seed is reported.",
        "The best of several runs is good by luck, with the block and without.",
        "Return the values of all seeds.",
        ("np.array(measured)", "np.array([max(measured)])"),
    ),
    wrong(
        "run_trials",
        "mean_only",
        "Only the mean over the seeds is reported.",
        "Without the single values there are no pairs, and no interval.",
        "Return one value per seed.",
        ("np.array(measured)", "np.array([np.mean(measured)])"),
    ),
    wrong(
        "run_trials",
        "sorted",
        "The values are sorted.",
        "Then the best run of one variant stands beside the best of the other: no pairs any more.",
        "Keep the order of the seeds.",
        ("np.array(measured)", "np.sort(measured)"),
    ),
    wrong(
        "run_trials",
        "seeds_not_paired",
        "The two variants do not have the same seeds.",
        "A difference between runs of different seeds also holds the difference between the seeds.",
        "Run both variants with every registered seed.",
        (VALUE, "value = measure(variant, seed + (variant == registration.control))[registration.metric]"),
    ),
    wrong(
        "run_trials",
        "control_missing",
        "The control was not run.",
        "The number of the block alone says nothing.",
        "Run the control with every seed as well.",
        (PAIR, "found = {registration.variant: []}"),
    ),
    wrong(
        "run_trials",
        "control_once",
        "The control was run with one seed only.",
        "One run of the control is beside every run of the block, so its luck counts every time.",
        "Run the control with every seed.",
        (
            VALUE,
            "value = measure(variant, seed if variant == registration.variant else registration.seeds[0])"
            "[registration.metric]",
        ),
    ),
    wrong(
        "run_trials",
        "metric_changed",
        "Another measure than the registered one is reported.",
        "Whoever may choose among measures afterwards will find one that agrees.",
        "Take `registration.metric`.",
        ("[registration.metric]", '["loss"]'),
    ),
    wrong(
        "run_trials",
        "always_accuracy",
        "The accuracy is reported, whatever was registered.",
        "The registered measure may be another one.",
        "Take `registration.metric`.",
        ("[registration.metric]", '["accuracy"]'),
    ),
    wrong(
        "run_trials",
        "best_metric",
        "For each run the highest of its measures is reported.",
        "The measure was fixed before the first run.",
        "Take `registration.metric`.",
        (VALUE, "value = max(measure(variant, seed).values())"),
    ),
    wrong(
        "run_trials",
        "run_until_good",
        "Runs were repeated and the better one kept.",
        "The better of two runs is better by luck.",
        "Call `measure` once for each pair, and keep what it returns.",
        (
            VALUE,
            "value = max(measure(variant, seed)[registration.metric], measure(variant, "
            "seed)[registration.metric])",
        ),
    ),
    wrong(
        "run_trials",
        "first_seeds_only",
        "Not all registered seeds were run.",
        "Who stops early may stop when it looks good.",
        "Run all of `registration.seeds`.",
        ("in registration.seeds:", "in registration.seeds[:3]:"),
    ),
    wrong(
        "run_trials",
        "seeds_counted",
        "Seeds were run that were not registered.",
        "The registered seeds are those in `registration.seeds`, not the numbers from 0 on.",
        "Go through `registration.seeds`.",
        ("in registration.seeds:", "in range(1000, 1000 + len(registration.seeds)):"),
    ),
    wrong(
        "run_trials",
        "failed_dropped",
        "A run that gave no number is dropped.",
        "The variant keeps its lucky runs only, and the pair is broken.",
        "Raise a ValueError.",
        (RAISE, "continue"),
    ),
    wrong(
        "run_trials",
        "errors_swallowed",
        "A run that stopped with an error is passed over.",
        "That a run fails is a result too. Dropped, it makes the variant look better than it is.",
        "Catch nothing.",
        (
            VALUE,
            f"try:\n                {VALUE}\n            except ArithmeticError:\n                continue",
        ),
    ),
    wrong(
        "run_trials",
        "failed_as_zero",
        "A run that gave no number counts as 0.",
        "That is a made-up measure, and a hard blow to its variant.",
        "Raise a ValueError.",
        (RAISE, "value = 0.0"),
    ),
    wrong(
        "run_trials",
        "not_checked",
        "A measure that is not a number is accepted.",
        "Every mean and every interval with it is not a number either, or is lost in `nanmean`.",
        "Raise a ValueError where a measure is not finite.",
        (CHECK, "if False:"),
    ),
    wrong(
        "run_trials",
        "nan_only",
        "An infinite measure is accepted.",
        "No mean and no interval can hold it.",
        "`np.isfinite` refuses both: not a number, and infinite.",
        (CHECK, "if np.isnan(value):"),
    ),
    wrong(
        "run_trials",
        "measured_again",
        "A run that gave no number is run again.",
        "Who runs it again until it works keeps the lucky runs of that variant, and hides the others.",
        "Raise a ValueError at once.",
        (VALUE, f"{VALUE}\n            if not np.isfinite(value):\n                {VALUE}"),
    ),
    wrong(
        "run_trials",
        "tried_again",
        "A run that stopped with an error is run again.",
        "That a run fails is a result too, and nobody hears of it.",
        "Catch nothing, and measure each run once.",
        (
            VALUE,
            f"try:\n                {VALUE}\n            except ArithmeticError:\n                {VALUE}",
        ),
    ),
    wrong(
        "run_trials",
        "differences_only",
        "The dict has not the registered names.",
        "Whoever reads it looks for the variant and the control by their names.",
        "The keys are `registration.variant` and `registration.control`.",
        (RESULT, 'return dict(zip(("variant", "control"), map(np.array, found.values())))'),
    ),
)

# paired_interval ------------------------------------------------------------------------------------------
D = "differences = np.asarray(values) - np.asarray(control_values)  # (n,)"
T = "stats.t.ppf(0.975, pairs - 1)"
HALF = f"half = {T} * differences.std(ddof=1) / np.sqrt(pairs)"
GIVEN = "return float(mean - half), float(mean), float(mean + half)"

INTERVAL = (
    wrong(
        "paired_interval",
        "normal",
        "The factor is that of the normal distribution.",
        "It would be right if the deviation were known. From a few pairs it is a guess, and the "
        "interval is too short.",
        "Use Student's t with n − 1 degrees of freedom.",
        (T, "stats.norm.ppf(0.975)"),
    ),
    wrong(
        "paired_interval",
        "two_deviations",
        "The factor is 2.",
        "With many pairs that is near enough. With few the interval is too short.",
        "Use Student's t with n − 1 degrees of freedom.",
        (T, "2"),
    ),
    wrong(
        "paired_interval",
        "standard_deviation",
        "The standard deviation stands in the place of the standard error.",
        "It says where the next difference may lie, not where the mean does.",
        "Divide by the root of the number of pairs.",
        (" / np.sqrt(pairs)", ""),
    ),
    wrong(
        "paired_interval",
        "standard_error_alone",
        "The interval is one standard error to each side.",
        "That holds the true mean about two times in three, not nineteen in twenty.",
        "Multiply by Student's t.",
        (f"{T} * ", ""),
    ),
    wrong(
        "paired_interval",
        "divided_by_n",
        "The deviation divides by n, not by n − 1.",
        "NumPy does so by itself. With few pairs the interval is too short.",
        "Say `ddof=1`.",
        ("std(ddof=1)", "std()"),
    ),
    wrong(
        "paired_interval",
        "variance",
        "The variance stands in the place of the deviation.",
        "Its unit is the square of a point.",
        "Take its root: `std`.",
        ("std(ddof=1)", "var(ddof=1)"),
    ),
    wrong(
        "paired_interval",
        "divided_by_pairs",
        "The deviation is divided by n, not by its root.",
        "The mean of four values moves half as much as one value, not a quarter.",
        "Divide by the root of the number of pairs.",
        ("/ np.sqrt(pairs)", "/ pairs"),
    ),
    wrong(
        "paired_interval",
        "wrong_freedom",
        "Student's t has n degrees of freedom here.",
        "One of them is spent on the mean.",
        "n − 1.",
        ("pairs - 1", "pairs"),
    ),
    wrong(
        "paired_interval",
        "one_sided",
        "The factor leaves 5 % on each side: that is an interval of 90 %.",
        "An interval of 95 % leaves 2.5 % on each side.",
        "Ask for the 0.975 quantile.",
        ("ppf(0.975,", "ppf(0.95,"),
    ),
    wrong(
        "paired_interval",
        "unpaired",
        "The interval is that of two groups, not of pairs.",
        "What the two runs of a seed share then counts as noise, and hides the difference.",
        "Subtract pair by pair first.",
        (
            HALF,
            "spread = np.var(values, ddof=1) + np.var(control_values, ddof=1)\n"
            "    half = stats.t.ppf(0.975, 2 * pairs - 2) * np.sqrt(spread / pairs)",
        ),
    ),
    wrong(
        "paired_interval",
        "of_the_values",
        "The interval is that of the block alone.",
        "Without the control there is nothing to compare with.",
        "Take the differences.",
        (D, "differences = np.asarray(values)"),
    ),
    wrong(
        "paired_interval",
        "turned_round",
        "The control minus the block was taken.",
        'Then "higher" means that the control is better.',
        "Block minus control.",
        (D, "differences = np.asarray(control_values) - np.asarray(values)"),
    ),
    wrong(
        "paired_interval",
        "range_of_differences",
        "The smallest and the largest difference are given.",
        "They lie farther apart the more pairs there are, and say nothing about the mean.",
        "Mean ± t · s / √n.",
        (GIVEN, "return float(differences.min()), float(mean), float(differences.max())"),
    ),
    wrong(
        "paired_interval",
        "sizes_only",
        "The signs of the differences are lost.",
        "A pair in which the control was better counts as if the block were.",
        "Take the differences as they are.",
        (D, "differences = np.abs(np.asarray(values) - np.asarray(control_values))"),
    ),
    wrong(
        "paired_interval",
        "median",
        "The median stands in the middle, not the mean.",
        "Student's interval belongs to the mean.",
        "Take the mean.",
        ("differences.mean()", "np.median(differences)"),
    ),
    wrong(
        "paired_interval",
        "mean_first",
        "The mean comes first.",
        "Whoever reads the result takes the first number as the lower end.",
        "Low, mean, high.",
        (GIVEN, "return float(mean), float(mean - half), float(mean + half)"),
    ),
    wrong(
        "paired_interval",
        "half_width",
        "Mean and half width came back.",
        "Three numbers were asked for.",
        "Low, mean, high.",
        (GIVEN, "return float(mean), float(half)"),
    ),
)

# reading --------------------------------------------------------------------------------------------------
NOT = 'return "no detectable difference"'
UP, DOWN = "if low > 0 and above >= enough:", "if high < 0 and below >= enough:"
THREE, COUNTED = "enough = 0.75 * (above + below)", "low, _, high = interval"

READING = (
    wrong(
        "reading",
        "called_equal",
        '"No detectable difference" is called "equal".',
        "An interval that holds zero also holds small differences on both sides of it. It cannot "
        "show that there is none.",
        "Say `no detectable difference`.",
        (NOT, 'return "equal"'),
    ),
    wrong(
        "reading",
        "no_difference",
        '"No detectable difference" is called "no difference".',
        "Not found is not the same as not there: with more pairs it might be found.",
        "Say `no detectable difference`.",
        (NOT, 'return "no difference"'),
    ),
    wrong(
        "reading",
        "sign_of_the_mean",
        "The sign of the mean decides.",
        "The mean of useless blocks is above zero as often as below.",
        "Look where both ends of the interval lie.",
        (UP, "if interval[1] > 0:"),
        (DOWN, "if interval[1] < 0:"),
    ),
    wrong(
        "reading",
        "majority",
        "The pairs decide alone.",
        "That more pairs are above zero than below is often chance.",
        "Both rules have to hold: the interval, and the pairs.",
        (UP, "if above >= enough and above:"),
        (DOWN, "if below >= enough and below:"),
    ),
    wrong(
        "reading",
        "one_sided_reading",
        'A result below zero is called "no detectable difference".',
        "A block that harms is a finding too. Who only looks upwards never sees it.",
        "Return `lower` where the interval is clear of zero on the other side.",
        (DOWN, "if False:"),
    ),
    wrong(
        "reading",
        "half_one_sided",
        "Only the lower end is looked at.",
        "An interval that does not lie above zero may still hold it.",
        "`lower` needs the upper end below zero.",
        (DOWN, "if low < 0 and below >= enough:"),
    ),
    wrong(
        "reading",
        "upper_end",
        'An interval that reaches above zero is called "higher".',
        "It may reach below zero as well, and then the sign is open.",
        "`higher` needs the lower end above zero.",
        (UP, "if high > 0 and above >= enough:"),
    ),
    wrong(
        "reading",
        "swapped_words",
        '"Higher" and "lower" have changed places.',
        "The differences are block minus control: above zero the block is higher.",
        "`higher` where the interval lies above zero.",
        ('return "higher"', 'return "_"'),
        ('return "lower"', 'return "higher"'),
        ('return "_"', 'return "lower"'),
    ),
    wrong(
        "reading",
        "interval_alone",
        "The interval decides alone.",
        "With few pairs a few large differences can carry it.",
        "Count the pairs as well: three quarters of those that differ have to agree.",
        (UP, "if low > 0:"),
        (DOWN, "if high < 0:"),
    ),
    wrong(
        "reading",
        "ties_counted",
        "Pairs without a difference count against the majority.",
        "They agree with neither side, and the rule asks for three quarters of the pairs that differ.",
        "Leave them out of the count.",
        (THREE, "enough = 0.75 * len(differences)"),
    ),
    wrong(
        "reading",
        "ties_agree",
        "Pairs without a difference count as if they agreed.",
        "They agree with neither side, and the rule asks for three quarters of the pairs that differ.",
        "Leave them out of the count.",
        (
            "np.sum(differences > 0), np.sum(differences < 0)",
            "np.sum(differences >= 0), np.sum(differences <= 0)",
        ),
        (THREE, "enough = 0.75 * len(differences)"),
    ),
    wrong(
        "reading",
        "ties_excuse",
        "Where a pair has no difference, the pairs are not counted.",
        "Such a pair is left out of the count; the others still have to agree.",
        "Leave out the pairs without a difference, and count the rest.",
        (THREE, f"{THREE} * (above + below == len(differences))"),
    ),
    wrong(
        "reading",
        "half_is_enough",
        "Half of the pairs is enough here.",
        "The rule asks for three quarters.",
        "0.75.",
        (THREE, "enough = 0.5 * (above + below)"),
    ),
    wrong(
        "reading",
        "all_pairs",
        "All pairs have to agree here.",
        "The rule asks for three quarters of those that differ.",
        "0.75.",
        (THREE, "enough = above + below"),
    ),
    wrong(
        "reading",
        "more_than",
        "Exactly three quarters do not count here.",
        "The rule says: at least.",
        "Use `>=`.",
        ("above >= enough", "above > enough"),
        ("below >= enough", "below > enough"),
    ),
    wrong(
        "reading",
        "touching_zero",
        "An interval that ends at zero is called clear of it.",
        "Zero is in it.",
        "Use `>` and `<`, not `>=` and `<=`.",
        ("low > 0", "low >= 0"),
        ("high < 0", "high <= 0"),
    ),
    wrong(
        "reading",
        "truth_value",
        "True or False came back.",
        "There are three verdicts, and they are texts.",
        "Return one of the three texts.",
        ('return "higher"', "return True"),
        ('return "lower"', "return True"),
        (NOT, "return False"),
    ),
    wrong(
        "reading",
        "stray_space",
        "A space too many stands in the text.",
        "Whoever compares the text with `higher` finds that it is another one.",
        "Return the three texts as they are, without spaces around them.",
        ('return "higher"', 'return "higher "'),
        ('return "lower"', 'return "lower "'),
        (NOT, 'return "no detectable difference "'),
    ),
    wrong(
        "reading",
        "significant",
        '"Significant" came back.',
        'It does not say in which direction, and many read it as "large".',
        "Say `higher` or `lower`.",
        ('return "higher"', 'return "significant"'),
        ('return "lower"', 'return "significant"'),
    ),
    wrong(
        "reading",
        "no_detectable_always",
        'Every result is "no detectable difference".',
        "Where the interval is clear of zero and the pairs agree, there is something to report.",
        "Return `higher` or `lower` there.",
        (UP, "if False:"),
        (DOWN, "if False:"),
    ),
)

# the quiz -------------------------------------------------------------------------------------------------
QUIZ = (
    wrong(
        "quiz_lower_end",
        "normal_factor",
        "That is with 1.96, the factor of the normal distribution.",
        "With five pairs the deviation is a guess, and the factor is Student's.",
        "Use 2.776.",
        number=4 - 1.96 * (2 / 5) ** 0.5,
    ),
    wrong(
        "quiz_lower_end",
        "divided_by_five",
        "The sum of squares was divided by 5.",
        "One degree of freedom is spent on the mean.",
        "Divide it by 4.",
        number=4 - 2.776 * 1.6**0.5 / 5**0.5,
    ),
    wrong(
        "quiz_lower_end",
        "divided_by_five_rounded",
        "The sum of squares was divided by 5.",
        "One degree of freedom is spent on the mean.",
        "Divide it by 4.",
        number=2.43,
    ),
    wrong(
        "quiz_lower_end",
        "deviation",
        "That is without the root of n.",
        "The standard deviation is that of single differences; the mean moves less.",
        "Divide it by √5.",
        number=4 - 2.776 * 2**0.5,
    ),
    wrong(
        "quiz_lower_end",
        "upper_end",
        "That is the upper end.",
        "The interval begins at mean *minus* half its width.",
        "Subtract.",
        number=4 + 2.776 * (2 / 5) ** 0.5,
    ),
    wrong(
        "quiz_lower_end",
        "half_width",
        "That is half the width.",
        "It still has to be taken from the mean.",
        "Subtract it from 4.",
        number=2.776 * (2 / 5) ** 0.5,
    ),
    wrong(
        "quiz_coordinate",
        "one_way_back",
        "There is one way back to the channels too few.",
        "Rows and columns have a convolution each on the way back.",
        "Count it twice.",
        number=520 + 16 + 576,
    ),
    wrong(
        "quiz_coordinate",
        "no_biases",
        "The biases are missing.",
        "Each convolution has one for every channel that comes out of it.",
        "Add 8 + 64 + 64.",
        number=512 + 16 + 1024,
    ),
    wrong(
        "quiz_coordinate",
        "no_normalisation",
        "The normalisation is missing.",
        "It learns a factor and an offset for each hidden channel.",
        "Add two for each of them.",
        number=520 + 1152,
    ),
    wrong(
        "quiz_coordinate",
        "kernels_alone",
        "Only the kernels are counted.",
        "Each convolution has a bias for every channel that comes out of it, and the normalisation "
        "learns a factor and an offset for each hidden channel.",
        "Add 8 + 64 + 64 biases, and two for each hidden channel.",
        number=512 + 1024,
    ),
    wrong(
        "quiz_coordinate",
        "with_statistics",
        "The running averages are counted as well.",
        "Training does not change them by gradients: they are not trainable.",
        "Count the factor and the offset alone.",
        number=520 + 32 + 1152,
    ),
    wrong(
        "quiz_coordinate",
        "own_way_in",
        "Rows and columns have a layer each on the way in.",
        "They share it.",
        "Count it once.",
        number=1040 + 16 + 1152,
    ),
    wrong(
        "quiz_pairs",
        "four_times",
        "That is four times as many.",
        "The width goes with the root: four times as many pairs halve it.",
        "A quarter of the width takes four times four as many.",
        number=28,
    ),
    wrong(
        "quiz_pairs",
        "twice",
        "That is twice as many.",
        "The width goes with the root of the number.",
        "A quarter of the width takes four times four as many.",
        number=14,
    ),
    wrong(
        "quiz_pairs",
        "added",
        "That is the factor, or it was added.",
        "Sixteen is how many *times* as many pairs you need.",
        "Multiply it by 7.",
        number=16,
    ),
)

MISCONCEPTIONS = (*MINE, *BLIND, *SPLIT, *TRIAL, *REGISTER, *RUN, *INTERVAL, *READING, *QUIZ)
