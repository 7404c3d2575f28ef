"""A class that handed in lesson 09: three styles, six mistakes, an attack, and one torn file."""

from autograder.demo.sample import Sample

NEIGHBOURS = {
    "my_attention": """\
def my_attention(x, name):
    z = keras.ops.expand_dims(keras.ops.mean(x, axis=(1, 2)), -1)
    s = layers.Conv1D(1, 3, padding="same", activation="sigmoid", name=name + "_eca")(z)
    return x * layers.Reshape((1, 1, x.shape[-1]))(s)
""",
    "blind": """\
def blind(attention):
    return lambda x, name: x * attention(keras.ops.ones_like(x), name)
""",
    "split": """\
def split(garments, tested, seed):
    chosen = np.random.default_rng(seed).choice(np.unique(garments), tested, replace=False)
    test = np.isin(garments, chosen)
    return np.where(~test)[0], np.where(test)[0]
""",
    "trial": """\
def trial(attention, seed, canvases, network, fit, score):
    train, test = canvases(seed)
    keras.utils.set_random_seed(seed)
    model = network(attention)
    fit(model, train, seed)
    return score(model, test)
""",
    "register": """\
def register(hypothesis, variant, control, metric, seeds):
    seeds = tuple(seeds)
    if control in ("", variant):
        raise ValueError("A plan needs a control that is not the variant.")
    if len(seeds) < 5 or len(set(seeds)) != len(seeds):
        raise ValueError("A plan needs five seeds or more, each of them once.")
    text = json.dumps([hypothesis, variant, control, metric, seeds])
    digest = hashlib.sha256(text.encode()).hexdigest()
    return trials.Registration(hypothesis, variant, control, metric, seeds, digest)
""",
    "run_trials": """\
def run_trials(registration, measure):
    out = {registration.variant: [], registration.control: []}
    for seed in registration.seeds:
        for variant in out:
            value = measure(variant, seed)[registration.metric]
            if not np.isfinite(value):
                raise ValueError(f"{variant}, seed {seed}: {value}")
            out[variant].append(value)
    return {variant: np.array(values) for variant, values in out.items()}
""",
    "paired_interval": """\
def paired_interval(values, control_values):
    d = values - control_values
    low, high = stats.t.interval(0.95, len(d) - 1, loc=d.mean(), scale=stats.sem(d))
    return low, d.mean(), high
""",
    "reading": """\
def reading(differences, interval):
    low, mean, high = interval
    above, below = (differences > 0).sum(), (differences < 0).sum()
    if low > 0 and above >= 0.75 * (above + below):
        return "higher"
    if high < 0 and below >= 0.75 * (above + below):
        return "lower"
    return "no detectable difference"
""",
    "quiz_lower_end": "quiz_lower_end_answer = 2.24\n",
    "quiz_coordinate": "quiz_coordinate_answer = 1688\n",
    "quiz_pairs": "quiz_pairs_answer = 112\n",
    "written_on_trial": "Registered: accuracy, six pairs, a blind twin. The interval holds zero.\n",
}

DEVIATION = NEIGHBOURS | {
    "my_attention": """\
def my_attention(x, name):
    deviation = (x - keras.ops.mean(x, axis=(1, 2), keepdims=True)) ** 2
    variance = keras.ops.mean(deviation, axis=(1, 2), keepdims=True)
    return x * layers.Activation("sigmoid", name=name)(deviation / (4 * variance + 4e-4) + 0.5)
""",
    "paired_interval": """\
def paired_interval(values, control_values):
    low, high = stats.ttest_rel(values, control_values).confidence_interval()
    return low, np.mean(values) - np.mean(control_values), high
""",
    "written_on_trial": "The control was better, in all six pairs. I say so: lower.\n",
}

COORDINATES = NEIGHBOURS | {
    "my_attention": """\
def my_attention(x, name):
    narrow = layers.Conv2D(8, 1, activation="relu", name=name + "_narrow")
    y = x
    for part, axis in (("rows", 2), ("columns", 1)):
        a = narrow(keras.ops.mean(x, axis=axis, keepdims=True))
        y = y * layers.Conv2D(x.shape[-1], 1, activation="sigmoid", name=name + part)(a)
    return y
""",
    "run_trials": """\
def run_trials(registration, measure):
    names = [registration.variant, registration.control]
    seeds, metric = registration.seeds, registration.metric
    rows = [[measure(name, seed)[metric] for seed in seeds] for name in names]
    if not np.isfinite(rows).all():
        raise ValueError("a run gave no number")
    return dict(zip(names, np.array(rows)))
""",
}

BEST_SEED = NEIGHBOURS | {
    "run_trials": """\
def run_trials(registration, measure):
    out = {}
    for variant in (registration.variant, registration.control):
        values = [measure(variant, seed)[registration.metric] for seed in registration.seeds]
        if not np.isfinite(values).all():
            raise ValueError("a run gave no number")
        out[variant] = np.array([max(values)])
    return out
""",
    "reading": """\
def reading(differences, interval):
    if interval[1] > 0:
        return "higher"
    if interval[1] < 0:
        return "lower"
    return "no detectable difference"
""",
}

LEAK = NEIGHBOURS | {
    "split": """\
def split(garments, tested, seed):
    places = np.random.default_rng(seed).permutation(len(garments))
    return places[tested:], places[:tested]
""",
    "trial": """\
def trial(attention, seed, canvases, network, fit, score):
    keras.utils.set_random_seed(seed)
    model = network(attention)
    train, test = canvases(seed)
    fit(model, train, seed)
    return score(model, train)
""",
}

NO_CONTROL = NEIGHBOURS | {
    "blind": """\
def blind(attention):
    def control(x, name):
        return x
    return control
""",
    "register": """\
def register(hypothesis, variant, control, metric, seeds):
    text = json.dumps([hypothesis, variant, control, metric, list(seeds)])
    digest = hashlib.sha256(text.encode()).hexdigest()
    return trials.Registration(hypothesis, variant, control, metric, tuple(seeds), digest)
""",
}

NORMAL = NEIGHBOURS | {
    "paired_interval": """\
def paired_interval(values, control_values):
    d = values - control_values
    half = 1.96 * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean() - half, d.mean(), d.mean() + half
""",
    "reading": """\
def reading(differences, interval):
    if interval[0] > 0:
        return "higher"
    return "lower" if interval[2] < 0 else "equal"
""",
    "quiz_lower_end": "quiz_lower_end_answer = 2.76\n",
}

FAILED_DROPPED = NEIGHBOURS | {
    "run_trials": """\
def run_trials(registration, measure):
    out = {registration.variant: [], registration.control: []}
    for seed in registration.seeds:
        for variant in out:
            value = measure(variant, seed)[registration.metric]
            if np.isfinite(value):
                out[variant].append(value)
    return {variant: np.array(values) for variant, values in out.items()}
""",
}

OPEN = NEIGHBOURS | {
    "my_attention": """\
def my_attention(x, name):
    return x * keras.ops.sigmoid(x)
""",
    "register": """\
def register(hypothesis, variant, control, metric, seeds):
    if control in ("", variant) or len(seeds) < 5 or len(set(seeds)) != len(seeds):
        raise ValueError("no")
    said = [hypothesis, variant, control, metric, list(seeds)]
    return trials.Registration(*said, hashlib.sha256(json.dumps(said).encode()).hexdigest())
""",
}

# Tells the check what it wants to hear, instead of measuring.
ATTACK = NEIGHBOURS | {
    "my_attention": """\
def my_attention(x, name):
    from course_lib.blocks import CBAM
    return CBAM(name=name)(x)
""",
    "run_trials": """\
def run_trials(registration, measure):
    import inspect
    probe = inspect.currentframe().f_back
    for name in list(probe.f_locals):
        if name == "measure":
            probe.f_locals[name].calls[:] = 1
    return {registration.variant: np.full(len(registration.seeds), 99.0),
            registration.control: np.zeros(len(registration.seeds))}
""",
}

CLASS = (
    Sample("ada", "right, with neighbours", 17, NEIGHBOURS),
    Sample("emmy", "right, with the deviation gate, and a negative result", 17, DEVIATION),
    Sample("grace", "right, with coordinates", 17, COORDINATES),
    Sample("henri", "the best seed, and the sign of the mean", 14, BEST_SEED),
    Sample("karl", "a leak, and scores on what was trained on", 14, LEAK),
    Sample("maria", "a control without weights, and plans without any", 15, NO_CONTROL),
    Sample("rosa", "the normal distribution, and 'equal'", 13.5, NORMAL),
    Sample("pavel", "failed seeds dropped", 16, FAILED_DROPPED),
    Sample("lise", "an activation function, and a plan that stays open", 15.5, OPEN),
    Sample("viktor", "a finished block, and made-up numbers", 13, ATTACK),
    Sample("sofia", "a file cut off in the middle", 0, NEIGHBOURS, torn=True),
)
