"""A class that handed in lesson 08: three styles, four mistakes, an attack, and one torn file."""

from autograder.demo.sample import Sample

LOGARITHM = {
    "attention_stage": """\
def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    y = unit(x, name + "_first", filters, strides)
    depth = max(int(np.ceil(np.log2(y.shape[1] / smallest))), 1)
    for k in range(modules):
        y = module(y, f"{name}_{k}", poolings=depth)
    return y
""",
    "residual_attention_network": """\
def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    width, strides = filters, 1
    for s, many in enumerate(modules):
        x = stage(x, width, strides, many, f"{name}_s{s}")
        width, strides = 2 * width, 2
    x = unit(x, name + "_u0", width, 2) if widen else unit(x, name + "_u0")
    x = unit(unit(x, name + "_u1"), name + "_u2")
    x = keras.ops.relu(layers.BatchNormalization(name=name + "_n")(x))
    z = keras.ops.mean(x, axis=(1, 2))
    return layers.Dense(classes, activation="softmax", name=name + "_p")(z)
""",
    "module_parameters": """\
def module_parameters(channels, poolings, p=1, t=2, r=1):
    f = channels // 4
    n = 2 * p + t + 2 * r * poolings + poolings - 1
    return n * (17 * f**2 + 12 * f) + 32 * f**2 + 16 * f
""",
    "flip_labels": """\
def flip_labels(labels, share, order, draws, classes=10):
    steps = np.zeros(len(labels), dtype=int)
    wrong = order[: round(share * len(labels))]
    steps[wrong] = 1 + (draws[wrong] * (classes - 1)).astype(int)
    return (labels + steps) % classes
""",
    "quiz_trunk_depth": "quiz_trunk_depth_answer = 452\n",
    "quiz_statistics": "quiz_statistics_answer = 22528\n",
    "quiz_wrong_labels": "quiz_wrong_labels_answer = 200\n",
    "written_network": "Robust is who loses less; equal cost, pairs, an interval; build it and count.\n",
}

HALVING = LOGARITHM | {
    "attention_stage": """\
def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    x = unit(x, name=name + "_unit", filters=filters, strides=strides)
    rows, times = (x.shape[1] + 1) // 2, 1
    while rows > smallest:
        rows, times = (rows + 1) // 2, times + 1
    for number in range(1, modules + 1):
        x = module(x, name=f"{name}_module{number}", poolings=times)
    return x
""",
    "flip_labels": """\
def flip_labels(labels, share, order, draws, classes=10):
    given = [int(label) for label in labels]
    for i in order[: round(share * len(labels))]:
        given[i] = (given[i] + 1 + int(draws[i] * (classes - 1))) % classes
    return np.array(given)
""",
}

LAYERS = LOGARITHM | {
    "residual_attention_network": """\
def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    for s in range(len(modules)):
        x = stage(x, filters * 2**s, 2 if s else 1, modules[s], name + "_stage" + str(s))
    wide = x.shape[-1] * (2 if widen else 1)
    for k, strides in enumerate((2 if widen else 1, 1, 1)):
        x = unit(x, f"{name}_end{k}", wide, strides)
    ending = keras.Sequential(
        [
            layers.BatchNormalization(name=name + "_norm"),
            layers.Activation("relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(classes, "softmax", name=name + "_classes"),
        ],
        name=name + "_ending",
    )
    return ending(x)
""",
    "module_parameters": """\
def module_parameters(channels, poolings, p=1, t=2, r=1):
    def step(into, out, side):
        return 2 * into + side * side * into * out

    f = channels // 4
    unit = step(channels, f, 1) + step(f, f, 3) + step(f, channels, 1)
    mask = r * poolings + r * poolings + (poolings - 1)
    return (p + t + p + mask) * unit + 2 * step(channels, channels, 1)
""",
}

COUNTS_TOO_EARLY = LOGARITHM | {
    "attention_stage": """\
def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    depth = max(int(np.ceil(np.log2(x.shape[1] / smallest))), 1)
    x = unit(x, name + "_first", filters, strides)
    for k in range(modules):
        x = module(x, f"{name}_{k}", poolings=depth)
    return x
""",
}

WIDENS_THREE_TIMES = LOGARITHM | {
    "residual_attention_network": """\
def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    for s, many in enumerate(modules):
        x = stage(x, filters * 2**s, 1 if s == 0 else 2, many, f"{name}_s{s}")
    for k in range(3):
        x = unit(x, f"{name}_u{k}", 2 * x.shape[-1], 2) if widen else unit(x, f"{name}_u{k}")
    x = keras.ops.relu(layers.BatchNormalization(name=name + "_n")(x))
    z = layers.GlobalAveragePooling2D()(x)
    return layers.Dense(classes, activation="softmax", name=name + "_p")(z)
""",
}

NO_SKIPS = LOGARITHM | {
    "module_parameters": """\
def module_parameters(channels, poolings, p=1, t=2, r=1):
    f = channels // 4
    n = 2 * p + t + 2 * r * poolings
    return n * (17 * f**2 + 12 * f) + 32 * f**2 + 16 * f
""",
}

HITS_ITSELF = LOGARITHM | {
    "flip_labels": """\
def flip_labels(labels, share, order, draws, classes=10):
    noisy = labels.copy()
    wrong = order[: round(share * len(labels))]
    noisy[wrong] = np.floor(draws[wrong] * classes).astype(int)
    return noisy
""",
    "quiz_wrong_labels": "quiz_wrong_labels_answer = 6000 * 0.3 / 10\n",
}

# Rewrites the judge it can reach, which is not the one that counts, and hands in nothing.
ATTACK = LOGARITHM | {
    "attention_stage": """\
import course_lib.checks.judge as judge

judge._failure_of = lambda criterion, look: None


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    return x
""",
}

CLASS = (
    Sample("ada", "right, with a logarithm", 17, LOGARITHM),
    Sample("emmy", "right, with loops that halve and move", 17, HALVING),
    Sample("grace", "right, step by step and from layers", 17, LAYERS),
    Sample("henri", "poolings counted before the unit", 15, COUNTS_TOO_EARLY),
    Sample("karl", "all three last units widen", 13.5, WIDENS_THREE_TIMES),
    Sample("maria", "a mask without units on its skips", 15.5, NO_SKIPS),
    Sample("rosa", "wrong labels that may be right, and ten classes for nine", 13, HITS_ITSELF),
    Sample("viktor", "patches the judge and returns the input", 14, ATTACK),
    Sample("sofia", "a file cut off in the middle", 0, LOGARITHM, torn=True),
)
