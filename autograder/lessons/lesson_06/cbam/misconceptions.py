"""Misconceptions in `cbam`: a channel and a spatial attention, one behind the other."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "turned_around",
        "The two orders have changed places.",
        "The paper asks *what* first: the map is made from what the gates have left.",
        "For `channel_spatial`, call `channel` on `x`, and `spatial` on what it returns.",
        ('if order == "channel_spatial"', 'if order == "?"'),
        ('if order == "spatial_channel"', 'if order == "channel_spatial"'),
        ('if order == "?"', 'if order == "spatial_channel"'),
    ),
    wrong(
        "other_default",
        "The default of `order` has changed.",
        "The paper's choice is channel first, then spatial.",
        'Set the default back to `"channel_spatial"`.',
        ('order: str = "channel_spatial"', 'order: str = "spatial_channel"'),
    ),
    wrong(
        "parallel_default",
        "The default of `order` is side by side.",
        "That is BAM's way; CBAM's is one after the other.",
        'Set the default back to `"channel_spatial"`.',
        ('order: str = "channel_spatial"', 'order: str = "parallel"'),
    ),
    wrong(
        "always_channel_first",
        "`order` is not looked at: it is always channel first.",
        "The ablation needs all three arrangements.",
        "Return another arrangement for each value of `order`.",
        ('if order == "channel_spatial":', "if True:"),
    ),
    wrong(
        "always_spatial_first",
        "It is always spatial first.",
        "The paper asks *what* first: the map is made from what the gates have left.",
        "For `channel_spatial`, call `channel` on `x`, and `spatial` on what it returns.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return channel(spatial(x, name + "_spatial"), name + "_channel")',
        ),
    ),
    wrong(
        "always_parallel",
        "It is always side by side.",
        "In the first two orders the second half looks at what the first has left.",
        "Call one half on what the other returns.",
        ("if order", "if False and order"),
    ),
    wrong(
        "channel_only",
        "With `channel_spatial`, only the channel half is applied.",
        "The spatial half is missing: every position is treated alike.",
        "Call `spatial` on what `channel` returns.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return channel(x, name + "_channel")',
        ),
    ),
    wrong(
        "spatial_only",
        "With `channel_spatial`, only the spatial half is applied.",
        "The channel half is missing: every channel is treated alike.",
        "Call `channel` first, and `spatial` on what it returns.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return spatial(x, name + "_spatial")',
        ),
    ),
    wrong(
        "both_see_input",
        "Both halves look at the input, and what they return is multiplied.",
        "Each returns the refined map, so that `x` is in the product twice.",
        "Call `spatial` on what `channel` returns.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return channel(x, name + "_channel") * spatial(x, name + "_spatial")',
        ),
    ),
    wrong(
        "sum",
        "Both halves look at the input, and what they return is added.",
        "One comes after the other: the map is made from what the gates have left.",
        "Call `spatial` on what `channel` returns.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return channel(x, name + "_channel") + spatial(x, name + "_spatial")',
        ),
    ),
    wrong(
        "adds_input",
        "The input is added to the refined map.",
        "CBAM has no 1 + in it. The shortcut belongs to the residual block around it.",
        "Return what the second half gives.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return x + spatial(channel(x, name + "_channel"), name + "_spatial")',
        ),
    ),
    wrong(
        "scales_input",
        "The refined map is multiplied by `x` once more.",
        "What the halves return is the feature map, already scaled, not gates.",
        "Return what the second half gives.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return x * spatial(channel(x, name + "_channel"), name + "_spatial")',
        ),
    ),
    wrong(
        "gates_of_gates",
        "What `channel` returns is taken for gates, and multiplied by `x`.",
        "It returns the refined feature map, already scaled.",
        "Hand what `channel` returns to `spatial` as it is.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return spatial(x * channel(x, name + "_channel"), name + "_spatial")',
        ),
    ),
    wrong(
        "channel_twice",
        "`channel` is called a second time, after `spatial`.",
        "Each half is applied once.",
        "Return what `spatial` gives.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return channel(spatial(channel(x, name + "_channel"), name + "_spatial"), name + "_again")',
        ),
    ),
    wrong(
        "sigmoid_at_the_end",
        "A sigmoid follows at the end.",
        "The sigmoids are inside the two halves. What comes back is a feature map.",
        "Return what the second half gives.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            'return ops.sigmoid(spatial(channel(x, name + "_channel"), name + "_spatial"))',
        ),
    ),
    wrong(
        "turned_is_missing",
        "`spatial_channel` gives the two side by side.",
        "In this order the channel half looks at what the spatial half has left.",
        "Return `channel` of what `spatial` returns.",
        ('if order == "spatial_channel":', "if False:"),
    ),
    wrong(
        "parallel_added",
        "Side by side, the two refined maps are added and not halved.",
        "The exercise takes their mean, so that the numbers keep their size.",
        "Divide the sum by 2.",
        ("return (what + where) / 2", "return what + where"),
    ),
    wrong(
        "parallel_multiplied",
        "Side by side, the two refined maps are multiplied.",
        "Each is the feature map, scaled; their product has its square.",
        "Take the mean of the two.",
        ("return (what + where) / 2", "return what * where"),
    ),
    wrong(
        "parallel_larger",
        "Side by side, the larger of the two is taken.",
        "The exercise takes their mean.",
        "Add the two and divide by 2.",
        ("return (what + where) / 2", "return ops.maximum(what, where)"),
    ),
    wrong(
        "parallel_in_a_row",
        "Side by side, the spatial half looks at what the channel half returns.",
        "In this arrangement both look at `x`.",
        "Hand `x` to both.",
        (
            'what, where = channel(x, name + "_channel"), spatial(x, name + "_spatial")',
            'what = channel(x, name + "_channel")\n    where = spatial(what, name + "_spatial")',
        ),
    ),
    wrong(
        "joined",
        "Side by side, the two refined maps are joined along the channels.",
        "Then there are 2 C channels, where C are expected.",
        "Take the mean of the two.",
        ("return (what + where) / 2", "return ops.concatenate([what, where], axis=-1)"),
    ),
    wrong(
        "same_names",
        "Two halves get the same name.",
        "Keras refuses two layers of one name: in one module, or in two modules of one model.",
        'Build a name for each half from `name`, such as `name + "_channel"` and `name + "_spatial"`.',
        ('name + "_channel"', "name"),
        ('name + "_spatial"', "name"),
    ),
    wrong(
        "normalised_again",
        "There is a batch normalisation that the equation has not.",
        "It has numbers of its own to learn, and undoes the scale that the equation gives.",
        "Return what the second part gives as it is.",
        (
            'return spatial(channel(x, name + "_channel"), name + "_spatial")',
            (
                'return layers.BatchNormalization(name=name + "_norm")'
                '(spatial(channel(x, name + "_channel"), name + "_spatial"))'
            ),
        ),
    ),
)
