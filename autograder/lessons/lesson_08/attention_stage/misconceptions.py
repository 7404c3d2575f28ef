"""Misconceptions in `attention_stage`: a unit and attention modules behind it."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_unit",
        "The unit is missing.",
        "A module keeps the channels and the size; the unit at the start gives the stage both.",
        "Call `unit` before the modules.",
        ('x = unit(x, name + "_unit", filters, strides)', ""),
    ),
    wrong(
        "unit_at_the_end",
        "The unit comes after the modules.",
        "Then the modules work at the width and size of the stage before.",
        "Call `unit` first.",
        ('x = unit(x, name + "_unit", filters, strides)', ""),
        ("    return x", '    x = unit(x, name + "_unit", filters, strides)\n    return x'),
    ),
    wrong(
        "unit_for_each_module",
        "There is a unit in front of every module.",
        "The paper's table has one unit per stage. With strides, the map would be halved again and again.",
        "Call `unit` once, before the loop.",
        (
            (
                "    for number in range(modules):\n"
                '        x = module(x, f"{name}_module{number}", poolings=poolings)'
            ),
            (
                "    for number in range(modules):\n"
                '        x = unit(x, f"{name}_u{number}")\n'
                '        x = module(x, f"{name}_module{number}", poolings=poolings)'
            ),
        ),
    ),
    wrong(
        "strides_ignored",
        "`strides` is not used.",
        "The size stays where it should be halved.",
        "Hand `strides` on to the unit.",
        ('x = unit(x, name + "_unit", filters, strides)', 'x = unit(x, name + "_unit", filters)'),
    ),
    wrong(
        "filters_ignored",
        "`filters` is not used.",
        "The stage then keeps the channels that came in.",
        "Hand `filters` on to the unit.",
        ('x = unit(x, name + "_unit", filters, strides)', 'x = unit(x, name + "_unit", None, strides)'),
    ),
    wrong(
        "always_strided",
        "The unit always has strides of 2.",
        "The first stage keeps the size: `strides` says what this one does.",
        "Hand `strides` on to the unit.",
        ('x = unit(x, name + "_unit", filters, strides)', 'x = unit(x, name + "_unit", filters, 2)'),
    ),
    wrong(
        "one_module",
        "There is one module only, or only the last one has an effect.",
        "`modules` says how many there are, and each gets what the one before it made.",
        "Repeat the call of `module`, and store its result under the name that goes into the next.",
        ("for number in range(modules):", "for number in range(min(modules, 1)):"),
    ),
    wrong(
        "one_module_short",
        "One module is missing.",
        "`modules` says how many there are, the unit not counted.",
        "Go through `range(modules)`.",
        ("for number in range(modules):", "for number in range(1, modules):"),
    ),
    wrong(
        "one_module_more",
        "There is one module too many.",
        "`modules` says how many there are; it may be 0.",
        "Go through `range(modules)`.",
        ("for number in range(modules):", "for number in range(modules + 1):"),
    ),
    wrong(
        "at_least_one_module",
        "There is a module even where none is asked for.",
        "`modules` may be 0: then the stage is its unit alone. (The *poolings* are at least 1.)",
        "Go through `range(modules)`.",
        ("for number in range(modules):", "for number in range(max(1, modules)):"),
    ),
    wrong(
        "adds_input",
        "The input of a module is added to what it returns.",
        "The module has its shortcuts inside, in its units and in 1 + M.",
        "Hand on what the module returns.",
        (
            'x = module(x, f"{name}_module{number}", poolings=poolings)',
            'x = x + module(x, f"{name}_module{number}", poolings=poolings)',
        ),
    ),
    wrong(
        "poolings_before_unit",
        "The poolings are counted on the map that came in.",
        "With strides of 2 the unit halves the map, so that one pooling fewer is needed.",
        "Take the height of what `unit` returned.",
        (
            'x = unit(x, name + "_unit", filters, strides)',
            'rows = x.shape[1]\n    x = unit(x, name + "_unit", filters, strides)',
        ),
        ("x.shape[1] / smallest", "rows / smallest"),
    ),
    wrong(
        "none_for_small_maps",
        "A small map is not pooled at all.",
        "A mask that never pools sees no further than the trunk.",
        "Pool at least once: `max(1, ...)`.",
        ("max(1, ", "max(0, "),
    ),
    wrong(
        "rounded_down",
        "The number of poolings is rounded down.",
        "Then the smallest map of the mask is larger than it may be.",
        "Round up: 15 rows need 2 poolings.",
        ("np.ceil", "np.floor"),
    ),
    wrong(
        "rounded_nearest",
        "The number of poolings is rounded to the nearest number.",
        "15 rows would be pooled once, to 8, which is more than 7.",
        "Round up.",
        ("np.ceil", "np.round"),
    ),
    wrong(
        "one_pooling_more",
        "There is one pooling too many.",
        "A map that has `smallest` rows is small enough.",
        "Stop as soon as the map has at most `smallest` rows.",
        ("np.ceil(np.log2(x.shape[1] / smallest))", "np.floor(np.log2(x.shape[1] / smallest)) + 1"),
    ),
    wrong(
        "one_pooling",
        "There is always one pooling.",
        "On a large map the mask would then see only a little more than the trunk.",
        "Count how often the map has to be halved until it has at most `smallest` rows.",
        ("poolings = max(1, int(np.ceil(np.log2(x.shape[1] / smallest))))", "poolings = 1"),
    ),
    wrong(
        "quotient",
        "The number of poolings is how many times `smallest` fits into the height.",
        "Each pooling *halves* the map: from 56 rows, three poolings lead to 7, not eight.",
        "Take the logarithm to base 2, or halve in a loop and count.",
        ("np.log2(x.shape[1] / smallest)", "x.shape[1] / smallest"),
    ),
    wrong(
        "natural_logarithm",
        "The logarithm is the natural one.",
        "A pooling halves the map, so the base is 2.",
        "Use `np.log2`.",
        ("np.log2", "np.log"),
    ),
    wrong(
        "down_to_one",
        "The mask is pooled down to a single position.",
        "`smallest` says where it stops: at about 7 rows it still knows left from right.",
        "Divide the height by `smallest` before you take the logarithm.",
        ("x.shape[1] / smallest", "x.shape[1]"),
    ),
    wrong(
        "always_seven",
        "`smallest` is not used.",
        "It is 7 unless another is asked for.",
        "Use the argument in the place of the number.",
        ("x.shape[1] / smallest", "x.shape[1] / 7"),
    ),
    wrong(
        "counted_by_module",
        "Each module pools once more than the one before.",
        "All modules of a stage work on maps of one size, so that all of them pool equally often.",
        "Give every module the same number of poolings.",
        ("poolings=poolings", "poolings=poolings + number"),
    ),
    wrong(
        "fixed_name",
        "The layer names do not come from `name`.",
        "The second stage in a model would have the same names as the first, which Keras refuses.",
        'Build every name from `name`, such as `name + "_unit"`.',
        ('name + "_unit"', '"unit"'),
        ('f"{name}_module{number}"', 'f"module{number}"'),
    ),
    wrong(
        "one_name",
        "All modules have the same name.",
        "Keras refuses two layers of one name in a model.",
        "Put the number of the module into its name.",
        ("_module{number}", "_module"),
    ),
)
