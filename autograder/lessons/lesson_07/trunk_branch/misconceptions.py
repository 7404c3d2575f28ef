"""Misconceptions in `trunk_branch`: a row of units."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "always_two",
        "There are always two units.",
        "`t` says how many.",
        "Go through a loop `t` times; what a unit returns goes into the next.",
        ("for step in range(t):", "for step in range(2):"),
    ),
    wrong(
        "one_short",
        "There is one unit too few.",
        "`range(t)` has `t` steps.",
        "Go through a loop `t` times; what a unit returns goes into the next.",
        ("range(t)", "range(t - 1)"),
    ),
    wrong(
        "one_more",
        "There is one unit too many.",
        "`range(t)` has `t` steps.",
        "Go through a loop `t` times; what a unit returns goes into the next.",
        ("range(t)", "range(t + 1)"),
    ),
    wrong(
        "one_unit",
        "Only one unit counts, whatever `t` is.",
        "The trunk has `t` of them in a row: what one returns goes into the next.",
        "Go through a loop `t` times; what a unit returns goes into the next.",
        ("for step in range(t):", "for step in range(1):"),
    ),
    wrong(
        "twice_t",
        "There are twice as many units.",
        "`t` counts units.",
        "Go through a loop `t` times; what a unit returns goes into the next.",
        ("range(t)", "range(2 * t)"),
    ),
    wrong(
        "nothing",
        "No unit is called.",
        "The trunk is where features are computed.",
        "Go through a loop `t` times; what a unit returns goes into the next.",
        ("for step in range(t):", "for step in range(0):"),
    ),
    wrong(
        "side_by_side",
        "The units stand side by side, and their results are added.",
        "They stand in a row.",
        "Go through a loop `t` times; what a unit returns goes into the next.",
        (
            'for step in range(t):\n        x = unit(x, f"{name}_unit{step}")\n    return x',
            'return sum(unit(x, f"{name}_{s}") for s in range(t))',
        ),
    ),
    wrong(
        "extra_shortcut",
        "The input is added once more at the end.",
        "Each unit has a shortcut inside; the trunk has none around it.",
        "Return what the last unit gives.",
        ("for step in range(t):", "first = x\n    for step in range(t):"),
        ("return x", "return first + x"),
    ),
    wrong(
        "shortcut_each",
        "The input of each unit is added to its output.",
        "A unit has its shortcut inside.",
        "Use what `unit` returns as it is.",
        ('x = unit(x, f"{name}_unit{step}")', 'x = x + unit(x, f"{name}_unit{step}")'),
    ),
    wrong(
        "relu_between",
        "A ReLU follows each unit.",
        "Nothing stands behind the addition of a pre-activation unit.",
        "Use what `unit` returns as it is.",
        ('x = unit(x, f"{name}_unit{step}")', 'x = layers.ReLU()(unit(x, f"{name}_unit{step}"))'),
    ),
    wrong(
        "own_unit",
        "You call your own function, `pre_activation_residual_unit`, not the one handed in.",
        "The trunk should work with any unit; yours is only the default.",
        "Call `unit`.",
        ('x = unit(x, f"{name}_unit{step}")', 'x = pre_activation_residual_unit(x, f"{name}_unit{step}")'),
    ),
    wrong(
        "same_name",
        "All units have the same name.",
        "Keras refuses two layers of one name.",
        'Put the number of the unit into its name: `f"{name}_unit{step}"`.',
        ('x = unit(x, f"{name}_unit{step}")', 'x = unit(x, name + "_unit")'),
    ),
    wrong(
        "fixed_name",
        "The names of the units do not come from `name`.",
        "Two trunks in one model would have the same names.",
        'Build each name from `name`: `f"{name}_unit{step}"`.',
        ('x = unit(x, f"{name}_unit{step}")', 'x = unit(x, f"unit{step}")'),
    ),
)
