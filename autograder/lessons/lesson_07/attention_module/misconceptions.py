"""Misconceptions in `attention_module`: units, then trunk and mask side by side, then units again."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "mask_from_trunk",
        "The mask looks at the trunk.",
        "Trunk and mask start side by side, from what the first units give.",
        "Hand both the same map.",
        (
            'weights = mask(x, name + "_mask", poolings, r, activation)',
            'weights = mask(trunk, name + "_mask", poolings, r, activation)',
        ),
    ),
    wrong(
        "mask_from_input",
        "The mask looks at the input of the module.",
        "It starts behind the first `p` units.",
        "Hand the mask what the first units give.",
        ('x = units(x, name + "_before", p)', 'given = x\n    x = units(x, name + "_before", p)'),
        (
            'weights = mask(x, name + "_mask", poolings, r, activation)',
            'weights = mask(given, name + "_mask", poolings, r, activation)',
        ),
    ),
    wrong(
        "trunk_from_input",
        "The trunk starts from the input of the module.",
        "It starts behind the first `p` units.",
        "Hand the trunk what the first units give.",
        ('x = units(x, name + "_before", p)', 'given = x\n    x = units(x, name + "_before", p)'),
        ('trunk = units(x, name + "_trunk", t)', 'trunk = units(given, name + "_trunk", t)'),
    ),
    wrong(
        "trunk_from_mask",
        "The trunk starts from the mask.",
        "Trunk and mask start side by side, from what the first units give.",
        "Hand both the same map.",
        (
            (
                'trunk = units(x, name + "_trunk", t)  # (N, H, W, C)\n'
                '    weights = mask(x, name + "_mask", poolings, r, activation)'
            ),
            (
                'weights = mask(x, name + "_mask", poolings, r, activation)\n'
                '    trunk = units(weights, name + "_trunk", t)'
            ),
        ),
    ),
    wrong(
        "no_before",
        "There are no units before.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Send `x` through `p` units first.",
        ('x = units(x, name + "_before", p)', ""),
    ),
    wrong(
        "no_after",
        "There are no units behind.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Send what `combine` gives through `p` units.",
        ('units(met, name + "_after", p)', "met"),
    ),
    wrong(
        "neither_end",
        "There are no units before and none behind.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Add them at both ends.",
        ('x = units(x, name + "_before", p)', ""),
        ('units(met, name + "_after", p)', "met"),
    ),
    wrong(
        "trunk_of_p",
        "The trunk has `p` units.",
        "It has `t` of them.",
        "Hand `t` to the units of the trunk.",
        ('trunk = units(x, name + "_trunk", t)', 'trunk = units(x, name + "_trunk", p)'),
    ),
    wrong(
        "ends_of_t",
        "The ends have `t` units.",
        "They have `p` of them.",
        "Hand `p` to the units before and behind.",
        ('x = units(x, name + "_before", p)', 'x = units(x, name + "_before", t)'),
        ('units(met, name + "_after", p)', 'units(met, name + "_after", t)'),
    ),
    wrong(
        "counts_ignored",
        "`p` and `t` are not used.",
        "They say how many units there are.",
        "Hand them to `units`.",
        ('x = units(x, name + "_before", p)', 'x = units(x, name + "_before", 1)'),
        ('trunk = units(x, name + "_trunk", t)', 'trunk = units(x, name + "_trunk", 2)'),
        ('units(met, name + "_after", p)', 'units(met, name + "_after", 1)'),
    ),
    wrong(
        "after_by_default",
        "The units behind number the default, not `p`.",
        "`units(x, name)` without a number gives as many as it likes.",
        "Hand `p` to the units behind.",
        ('units(met, name + "_after", p)', 'units(met, name + "_after")'),
    ),
    wrong(
        "after_of_t",
        "The units behind number `t`, not `p`.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Hand `p` to the units behind.",
        ('units(met, name + "_after", p)', 'units(met, name + "_after", t)'),
    ),
    wrong(
        "before_by_default",
        "The units before number the default, not `p`.",
        "`units(x, name)` without a number gives as many as it likes.",
        "Hand `p` to the units before.",
        ('x = units(x, name + "_before", p)', 'x = units(x, name + "_before")'),
    ),
    wrong(
        "before_of_t",
        "The units before number `t`, not `p`.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Hand `p` to the units before.",
        ('x = units(x, name + "_before", p)', 'x = units(x, name + "_before", t)'),
    ),
    wrong(
        "ends_by_default",
        "The units at both ends number the default, not `p`.",
        "`units(x, name)` without a number gives as many as it likes.",
        "Hand `p` to the units before and behind.",
        ('x = units(x, name + "_before", p)', 'x = units(x, name + "_before")'),
        ('units(met, name + "_after", p)', 'units(met, name + "_after")'),
    ),
    wrong(
        "trunk_by_default",
        "The units of the trunk number the default, not `t`.",
        "`units(x, name)` without a number gives as many as it likes.",
        "Hand `t` to the units of the trunk.",
        ('trunk = units(x, name + "_trunk", t)', 'trunk = units(x, name + "_trunk")'),
    ),
    wrong(
        "own_units",
        "You call your own function, `trunk_branch`, not the one handed in.",
        "The module should work with any units; yours are only the default.",
        "Call `units`.",
        ('x = units(x, name + "_before", p)', 'x = trunk_branch(x, name + "_before", p)'),
        ('trunk = units(x, name + "_trunk", t)', 'trunk = trunk_branch(x, name + "_trunk", t)'),
        ('units(met, name + "_after", p)', 'trunk_branch(met, name + "_after", p)'),
    ),
    wrong(
        "own_mask",
        "You call your own function, `soft_mask_branch`, not the one handed in.",
        "The module should work with any mask; yours is only the default.",
        "Call `mask`.",
        (
            'weights = mask(x, name + "_mask", poolings, r, activation)',
            'weights = soft_mask_branch(x, name + "_mask", poolings, r, activation)',
        ),
    ),
    wrong(
        "own_parts",
        "You call your own functions, not those handed in.",
        "The module should work with any parts; yours are only the defaults.",
        "Call `units`, `mask` and `combine`.",
        ('x = units(x, name + "_before", p)', 'x = trunk_branch(x, name + "_before", p)'),
        ('trunk = units(x, name + "_trunk", t)', 'trunk = trunk_branch(x, name + "_trunk", t)'),
        ('units(met, name + "_after", p)', 'trunk_branch(met, name + "_after", p)'),
        (
            'weights = mask(x, name + "_mask", poolings, r, activation)',
            'weights = soft_mask_branch(x, name + "_mask", poolings, r, activation)',
        ),
        (
            'met = combine(trunk, weights, name + "_met")',
            'met = attention_residual_learning(trunk, weights, name + "_met")',
        ),
    ),
    wrong(
        "no_trunk",
        "The trunk has no units.",
        "The mask then scales what the first units give.",
        "Send the map through `t` units.",
        ('trunk = units(x, name + "_trunk", t)', "trunk = x"),
    ),
    wrong(
        "mask_unused",
        "The mask is not used.",
        "Trunk and mask have to meet.",
        "Hand both to `combine`.",
        ('met = combine(trunk, weights, name + "_met")', "met = trunk"),
    ),
    wrong(
        "own_product",
        "Trunk and mask always meet as (1 + M) · T.",
        "How they meet is handed in, so that the naive form can stand there too.",
        "Call `combine(trunk, mask, name)`.",
        ('met = combine(trunk, weights, name + "_met")', "met = (1 + weights) * trunk"),
    ),
    wrong(
        "own_naive_product",
        "Trunk and mask always meet as M · T.",
        "How they meet is handed in.",
        "Call `combine(trunk, mask, name)`.",
        ('met = combine(trunk, weights, name + "_met")', "met = weights * trunk"),
    ),
    wrong(
        "changed_places",
        "Trunk and mask have changed places in `combine`.",
        "It is called as `combine(trunk, mask, name)`.",
        "Hand the trunk over first.",
        ('met = combine(trunk, weights, name + "_met")', 'met = combine(weights, trunk, name + "_met")'),
    ),
    wrong(
        "combined_twice",
        "The mask is applied twice.",
        "Trunk and mask meet once.",
        "Call `combine` once.",
        (
            'met = combine(trunk, weights, name + "_met")',
            (
                'met = combine(trunk, weights, name + "_met")\n'
                '    met = combine(met, weights, name + "_again")'
            ),
        ),
    ),
    wrong(
        "combined_at_end",
        "The mask is applied behind the last units.",
        "It meets the trunk; the last units come behind that.",
        "Call `combine` before the last units.",
        ('met = combine(trunk, weights, name + "_met")', ""),
        (
            'units(met, name + "_after", p)',
            'combine(units(trunk, name + "_after", p), weights, name + "_met")',
        ),
    ),
    wrong(
        "outer_shortcut",
        "The input of the module is added at the end.",
        "No shortcut runs past the module: the `1 +` is what keeps the trunk.",
        "Return what the last units give.",
        ('x = units(x, name + "_before", p)', 'given = x\n    x = units(x, name + "_before", p)'),
        ('units(met, name + "_after", p)', 'given + units(met, name + "_after", p)'),
    ),
    wrong(
        "shortcut_past_the_meeting",
        "What the first units give is added at the end.",
        "No shortcut runs past the module: the `1 +` is what keeps the trunk.",
        "Return what the last units give.",
        ('units(met, name + "_after", p)', 'x + units(met, name + "_after", p)'),
    ),
    wrong(
        "inner_shortcut",
        "What the first units give is added where trunk and mask meet.",
        "The `1 +` keeps the *trunk*; nothing else is added.",
        "Use what `combine` returns as it is.",
        ('met = combine(trunk, weights, name + "_met")', 'met = combine(trunk, weights, name + "_met") + x'),
    ),
    wrong(
        "trunk_added",
        "The trunk is added to what `combine` returns.",
        "The trunk is kept by the `1 +` inside `combine` already.",
        "Use what `combine` returns as it is.",
        (
            'met = combine(trunk, weights, name + "_met")',
            'met = combine(trunk, weights, name + "_met") + trunk',
        ),
    ),
    wrong(
        "forgets_poolings",
        "`poolings` is not handed on.",
        "The mask then takes its default.",
        "Call `mask(x, name, poolings, r, activation)`.",
        (
            'weights = mask(x, name + "_mask", poolings, r, activation)',
            'weights = mask(x, name + "_mask", r=r, activation=activation)',
        ),
    ),
    wrong(
        "forgets_r",
        "`r` is not handed on.",
        "The mask then takes its default.",
        "Call `mask(x, name, poolings, r, activation)`.",
        (
            'weights = mask(x, name + "_mask", poolings, r, activation)',
            'weights = mask(x, name + "_mask", poolings, activation=activation)',
        ),
    ),
    wrong(
        "forgets_activation",
        "`activation` is not handed on.",
        "The mask then takes its default.",
        "Call `mask(x, name, poolings, r, activation)`.",
        (
            'weights = mask(x, name + "_mask", poolings, r, activation)',
            'weights = mask(x, name + "_mask", poolings, r)',
        ),
    ),
    wrong(
        "forgets_all",
        "None of `poolings`, `r` and `activation` is handed on.",
        "The mask then takes its defaults.",
        "Call `mask(x, name, poolings, r, activation)`.",
        ('weights = mask(x, name + "_mask", poolings, r, activation)', 'weights = mask(x, name + "_mask")'),
    ),
    wrong(
        "poolings_and_r",
        "`poolings` and `r` have changed places.",
        "The mask is called as `mask(x, name, poolings, r, activation)`.",
        "Hand `poolings` over first.",
        (
            'weights = mask(x, name + "_mask", poolings, r, activation)',
            'weights = mask(x, name + "_mask", r, poolings, activation)',
        ),
    ),
    wrong(
        "t_for_r",
        "The mask gets `t` in the place of `r`.",
        "`r` counts the units between two poolings of the mask.",
        "Call `mask(x, name, poolings, r, activation)`.",
        (
            'weights = mask(x, name + "_mask", poolings, r, activation)',
            'weights = mask(x, name + "_mask", poolings, t, activation)',
        ),
    ),
    wrong(
        "same_names",
        "Two parts have the same name.",
        "Keras refuses two layers of one name.",
        "Give every part a name of its own, built from `name`.",
        ('"_trunk"', '"_before"'),
    ),
    wrong(
        "fixed_name",
        "The names of the parts do not come from `name`.",
        "The second module in a model would have the same names.",
        "Build every name from `name`.",
        ('name + "_met"', '"met"'),
    ),
)
