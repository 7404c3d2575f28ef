"""Misconceptions in `pre_activation_residual_unit`: normalisation and ReLU before each convolution."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "post_activation",
        "Each convolution is followed by its normalisation and ReLU.",
        "That is the order of lesson 04. Here normalisation and ReLU come *before* each convolution.",
        "Apply `BatchNormalization` and `ReLU` to `x`, then the first convolution, and so on.",
        (
            'y = convolve(a, filters // 4, 1, 1, "squeeze")',
            'y = active(convolve(x, filters // 4, 1, 1, "squeeze"), 1)',
        ),
        (
            'y = convolve(active(y, 2), filters // 4, 3, strides, "look")',
            'y = active(convolve(y, filters // 4, 3, strides, "look"), 2)',
        ),
        (
            'y = convolve(active(y, 3), filters, 1, 1, "open")',
            'y = active(convolve(y, filters, 1, 1, "open"), 3)',
        ),
        (
            'x = convolve(a, filters, 1, strides, "project")',
            'x = convolve(x, filters, 1, strides, "project")',
        ),
        ("a = active(x, 1)", ""),
    ),
    wrong(
        "old_block",
        "It is lesson 04's order: convolve, normalise, ReLU; add; ReLU.",
        "Here the unit normalises and activates first; nothing follows the addition.",
        "Turn each triple round: normalise, ReLU, convolve.",
        (
            'y = convolve(a, filters // 4, 1, 1, "squeeze")',
            'y = active(convolve(x, filters // 4, 1, 1, "squeeze"), 1)',
        ),
        (
            'y = convolve(active(y, 2), filters // 4, 3, strides, "look")',
            'y = active(convolve(y, filters // 4, 3, strides, "look"), 2)',
        ),
        ('y = convolve(active(y, 3), filters, 1, 1, "open")', 'y = convolve(y, filters, 1, 1, "open")'),
        (
            'x = convolve(a, filters, 1, strides, "project")',
            'x = convolve(x, filters, 1, strides, "project")',
        ),
        ("a = active(x, 1)", ""),
        ('layers.Add(name=name + "_sum")([x, y])', 'layers.ReLU()(layers.Add(name=name + "_sum")([x, y]))'),
    ),
    wrong(
        "relu_after_sum",
        "A ReLU follows the addition.",
        "Then nothing negative leaves the unit, and an empty unit does not pass on its input.",
        "Return the sum as it is.",
        ('layers.Add(name=name + "_sum")([x, y])', 'layers.ReLU()(layers.Add(name=name + "_sum")([x, y]))'),
    ),
    wrong(
        "first_gets_x",
        "The first convolution gets `x` itself.",
        "Pre-activation means: every convolution, the first too, comes behind normalisation and ReLU.",
        "Hand the normalised and activated `x` to the first convolution.",
        ('y = convolve(a, filters // 4, 1, 1, "squeeze")', 'y = convolve(x, filters // 4, 1, 1, "squeeze")'),
    ),
    wrong(
        "shortcut_from_active",
        "The shortcut starts from the activated `x`, even where the shapes agree.",
        "Where nothing changes its shape, `x` itself is added, negative values included.",
        "Keep `x` for the addition.",
        (
            'layers.Add(name=name + "_sum")([x, y])',
            'layers.Add(name=name + "_sum")([x if strides > 1 or x.shape[-1] != filters else a, y])',
        ),
    ),
    wrong(
        "no_shortcut",
        "The input is not added.",
        "The unit is a change that is added to its input.",
        "Add `x` and the branch.",
        ('layers.Add(name=name + "_sum")([x, y])', "y"),
    ),
    wrong(
        "multiplies",
        "Input and branch are multiplied.",
        "An empty branch would then wipe the input out.",
        "Use `layers.Add`.",
        ('layers.Add(name=name + "_sum")([x, y])', 'layers.Multiply(name=name + "_sum")([x, y])'),
    ),
    wrong(
        "concatenates",
        "Input and branch are put side by side.",
        "Then the unit has twice the channels. They are added.",
        "Use `layers.Add`.",
        ('layers.Add(name=name + "_sum")([x, y])', 'layers.Concatenate(name=name + "_sum")([x, y])'),
    ),
    wrong(
        "subtracts",
        "The branch is subtracted.",
        "The change is added to the input.",
        "Use `layers.Add`.",
        ('layers.Add(name=name + "_sum")([x, y])', 'layers.Subtract(name=name + "_sum")([x, y])'),
    ),
    wrong(
        "projects_x",
        "The projection starts from `x`.",
        "It starts from what the first normalisation and ReLU give, as in the released code.",
        "Hand the activated map to the 1×1 convolution of the shortcut.",
        (
            'x = convolve(a, filters, 1, strides, "project")',
            'x = convolve(x, filters, 1, strides, "project")',
        ),
    ),
    wrong(
        "always_projects",
        "The projection is always there.",
        "Then an empty unit does not pass on its input, and a network has millions of weights too many.",
        "Project only when `strides` is above 1 or the channels differ.",
        ("if strides > 1 or x.shape[-1] != filters:", "if True:"),
    ),
    wrong(
        "no_projection",
        "The input keeps its shape where the branch changes its own.",
        "Two maps of different size or width cannot be added.",
        "When `strides` is above 1 or the channels differ, the shortcut is a 1×1 convolution.",
        ("if strides > 1 or x.shape[-1] != filters:", "if False:"),
    ),
    wrong(
        "projects_on_strides_alone",
        "The projection is there only when `strides` is above 1.",
        "New channels need it too, at the same size.",
        "Also project when `x` does not have `filters` channels.",
        ("if strides > 1 or x.shape[-1] != filters:", "if strides > 1:"),
    ),
    wrong(
        "projects_on_channels_alone",
        "The projection is there only when the channels change.",
        "Strides need it too: the branch gets smaller, and `x` does not.",
        "Also project when `strides` is above 1.",
        ("if strides > 1 or x.shape[-1] != filters:", "if x.shape[-1] != filters:"),
    ),
    wrong(
        "wide_projection",
        "The projection has a 3×3 kernel.",
        "It is only there to change the shape.",
        "Use a 1×1 kernel on the shortcut.",
        (
            'x = convolve(a, filters, 1, strides, "project")',
            'x = convolve(a, filters, 3, strides, "project")',
        ),
    ),
    wrong(
        "pooled_shortcut",
        "The shortcut is pooled and then projected.",
        "One 1×1 convolution with the strides does both.",
        "Give the projection the strides, and leave the pooling out.",
        (
            'x = convolve(a, filters, 1, strides, "project")',
            'x = convolve(layers.AveragePooling2D(strides, padding="same")(a), filters, 1, 1, "project")',
        ),
    ),
    wrong(
        "strides_first",
        "The first 1×1 convolution has the strides.",
        "Here the 3×3 convolution has them, so that it sees all positions.",
        "Hand `strides` to the 3×3 convolution.",
        (
            'y = convolve(a, filters // 4, 1, 1, "squeeze")',
            'y = convolve(a, filters // 4, 1, strides, "squeeze")',
        ),
        (
            'y = convolve(active(y, 2), filters // 4, 3, strides, "look")',
            'y = convolve(active(y, 2), filters // 4, 3, 1, "look")',
        ),
    ),
    wrong(
        "strides_last",
        "The last 1×1 convolution has the strides.",
        "Then the 3×3 convolution works on all positions, and three quarters of that is thrown away.",
        "Hand `strides` to the 3×3 convolution.",
        (
            'y = convolve(active(y, 2), filters // 4, 3, strides, "look")',
            'y = convolve(active(y, 2), filters // 4, 3, 1, "look")',
        ),
        (
            'y = convolve(active(y, 3), filters, 1, 1, "open")',
            'y = convolve(active(y, 3), filters, 1, strides, "open")',
        ),
    ),
    wrong(
        "strides_twice",
        "Two convolutions of the branch have the strides.",
        "The branch is then smaller than the shortcut.",
        "Only the 3×3 convolution has them.",
        (
            'y = convolve(a, filters // 4, 1, 1, "squeeze")',
            'y = convolve(a, filters // 4, 1, strides, "squeeze")',
        ),
    ),
    wrong(
        "no_strides",
        "Only one of the two ways has the strides.",
        "Branch and shortcut must get smaller together, to be added.",
        "Hand `strides` to the 3×3 convolution and to the projection.",
        (
            'y = convolve(active(y, 2), filters // 4, 3, strides, "look")',
            'y = convolve(active(y, 2), filters // 4, 3, 1, "look")',
        ),
    ),
    wrong(
        "wide_middle",
        "The middle has as many channels as the ends.",
        "The bottleneck spares work: the 3×3 convolution runs on a quarter of the channels.",
        "Give the first two convolutions `filters // 4` filters.",
        ("filters // 4", "filters"),
    ),
    wrong(
        "half_middle",
        "The middle has half of the channels.",
        "It has a quarter of them.",
        "Give the first two convolutions `filters // 4` filters.",
        ("filters // 4", "filters // 2"),
    ),
    wrong(
        "middle_of_input",
        "The middle has a quarter of the channels that come *in*.",
        "Its width goes by the channels that go out.",
        "Use `filters // 4`, with `filters` as asked for.",
        ("filters // 4", "x.shape[-1] // 4"),
    ),
    wrong(
        "ignores_filters",
        "`filters` is not used.",
        "The first unit of a stage gives a new number of channels.",
        "Keep the channels of `x` only when `filters` is None.",
        ("filters = filters or x.shape[-1]", "filters = x.shape[-1]"),
    ),
    wrong(
        "only_points",
        "All convolutions are 1×1.",
        "Then no position ever looks at its neighbours.",
        "Give the convolution in the middle a 3×3 kernel.",
        (
            'y = convolve(active(y, 2), filters // 4, 3, strides, "look")',
            'y = convolve(active(y, 2), filters // 4, 1, strides, "look")',
        ),
    ),
    wrong(
        "large_first",
        "The first convolution has a 3×3 kernel.",
        "It only squeezes the channels.",
        "Use 1×1, 3×3, 1×1.",
        ('y = convolve(a, filters // 4, 1, 1, "squeeze")', 'y = convolve(a, filters // 4, 3, 1, "squeeze")'),
    ),
    wrong(
        "large_last",
        "The last convolution has a 3×3 kernel.",
        "It only opens the channels again.",
        "Use 1×1, 3×3, 1×1.",
        (
            'y = convolve(active(y, 3), filters, 1, 1, "open")',
            'y = convolve(active(y, 3), filters, 3, 1, "open")',
        ),
    ),
    wrong(
        "basic_unit",
        "It has two 3×3 convolutions.",
        "The unit is a bottleneck: 1×1, 3×3, 1×1.",
        "Squeeze with a 1×1 convolution, look around with 3×3, and open with 1×1.",
        ('y = convolve(a, filters // 4, 1, 1, "squeeze")', 'y = convolve(a, filters, 3, strides, "squeeze")'),
        ('y = convolve(active(y, 2), filters // 4, 3, strides, "look")', ""),
        (
            'y = convolve(active(y, 3), filters, 1, 1, "open")',
            'y = convolve(active(y, 3), filters, 3, 1, "open")',
        ),
    ),
    wrong(
        "two_convolutions",
        "The last 1×1 convolution is missing.",
        "The branch has to come back to `filters` channels behind the 3×3 convolution, with a 1×1.",
        "Use three convolutions: 1×1, 3×3, 1×1.",
        (
            'y = convolve(active(y, 2), filters // 4, 3, strides, "look")',
            'y = convolve(active(y, 2), filters, 3, strides, "look")',
        ),
        ('y = convolve(active(y, 3), filters, 1, 1, "open")', ""),
    ),
    wrong(
        "no_second_relu",
        "There is no ReLU before the 3×3 convolution.",
        "Two convolutions with no ReLU between them are no more than one larger convolution.",
        "Normalise and activate before each of the three convolutions.",
        (
            'y = convolve(active(y, 2), filters // 4, 3, strides, "look")',
            (
                "y = convolve(layers.BatchNormalization(name=name + '_norm2')(y), filters // 4, 3, strides, "
                '"look")'
            ),
        ),
    ),
    wrong(
        "no_third_relu",
        "There is no ReLU before the last convolution.",
        "Two convolutions with no ReLU between them are no more than one larger convolution.",
        "Normalise and activate before each of the three convolutions.",
        (
            'y = convolve(active(y, 3), filters, 1, 1, "open")',
            "y = convolve(layers.BatchNormalization(name=name + '_norm3')(y), filters, 1, 1, \"open\")",
        ),
    ),
    wrong(
        "no_relu",
        "There is no ReLU at all.",
        "Convolutions in a row, with none between them, are no more than one convolution.",
        "Behind each normalisation comes a ReLU.",
        ('layers.ReLU(name=f"{name}_relu{step}")(t)', "t"),
    ),
    wrong(
        "relu_on_change",
        "A ReLU follows the last convolution.",
        "Then the change can never be negative, and the unit can only add.",
        "Add what the last convolution gives as it is.",
        ('layers.Add(name=name + "_sum")([x, y])', 'layers.Add(name=name + "_sum")([x, layers.ReLU()(y)])'),
    ),
    wrong(
        "relu_before_norm",
        "The ReLU comes before the normalisation.",
        "Then the normalisation sees only what is positive, and the convolution gets negative values again.",
        "Normalise first, then ReLU.",
        (
            'layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm{step}")(t)',
            'layers.ReLU(name=f"{name}_relu{step}")(t)',
        ),
        (
            'return layers.ReLU(name=f"{name}_relu{step}")(t)',
            'return layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm{step}")(t)',
        ),
    ),
    wrong(
        "no_norm",
        "There is no batch normalisation.",
        "It belongs before each of the three ReLUs.",
        "Use `layers.BatchNormalization` before each ReLU.",
        ('layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm{step}")(t)', "t"),
    ),
    wrong(
        "no_first_norm",
        "`x` is activated without being normalised.",
        "The first ReLU, too, comes behind a normalisation.",
        "Use `layers.BatchNormalization` before each of the three ReLUs.",
        ("a = active(x, 1)", "a = layers.ReLU()(x)"),
    ),
    wrong(
        "last_norm",
        "The last convolution is normalised too.",
        "Behind the last convolution comes the addition.",
        "Three normalisations are enough: one before each ReLU.",
        (
            'layers.Add(name=name + "_sum")([x, y])',
            'layers.Add(name=name + "_sum")([x, layers.BatchNormalization(name=name + "_norm4")(y)])',
        ),
    ),
    wrong(
        "normalised_shortcut",
        "The shortcut starts from the normalised `x`.",
        "Where nothing changes its shape, `x` is added as it came in.",
        "Keep `x` for the addition.",
        (
            'layers.Add(name=name + "_sum")([x, y])',
            (
                'layers.Add(name=name + "_sum")([layers.BatchNormalization(name=name + chr(95) + chr(48))'
                "(x), y])"
            ),
        ),
    ),
    wrong(
        "unpadded",
        "The 3×3 convolution does not pad.",
        "It then loses a row and a column on each side, and the addition fails.",
        'Use `padding="same"`.',
        ('"padding": "same", ', ""),
    ),
    wrong(
        "tanh",
        "The activation is tanh.",
        "The equation has a ReLU.",
        "Use `layers.ReLU`.",
        ('layers.ReLU(name=f"{name}_relu{step}")(t)', 'layers.Activation("tanh")(t)'),
    ),
    wrong(
        "same_name",
        "The names of the layers do not come from `name`.",
        "The second unit in a model would have the same names, which Keras refuses.",
        'Build every name from `name`, such as `name + "_norm1"`.',
        ('f"{name}_{role}"', 'f"unit_{role}"'),
    ),
)
