"""What goes wrong in lesson 07, the attention module."""

from autograder.keys.misconceptions import Variant, Wrong, wrong

# pre_activation_residual_unit -----------------------------------------------------------------------------
UNIT_ID = "pre_activation_residual_unit"
FILTERS = "filters = filters or x.shape[-1]"
NORM = 'layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm{step}")(t)'
RELU = 'layers.ReLU(name=f"{name}_relu{step}")(t)'
A = "a = active(x, 1)"
ONE = 'y = convolve(a, filters // 4, 1, 1, "squeeze")'
TWO = 'y = convolve(active(y, 2), filters // 4, 3, strides, "look")'
THREE = 'y = convolve(active(y, 3), filters, 1, 1, "open")'
WHEN = "if strides > 1 or x.shape[-1] != filters:"
PROJECT = 'x = convolve(a, filters, 1, strides, "project")'
SUM = 'layers.Add(name=name + "_sum")([x, y])'

UNIT = (
    wrong(
        UNIT_ID,
        "post_activation",
        "Each convolution is followed by its normalisation and ReLU.",
        "That is the order of lesson 04. Here normalisation and ReLU come *before* each convolution.",
        "Apply `BatchNormalization` and `ReLU` to `x`, then the first convolution, and so on.",
        (ONE, 'y = active(convolve(x, filters // 4, 1, 1, "squeeze"), 1)'),
        (TWO, 'y = active(convolve(y, filters // 4, 3, strides, "look"), 2)'),
        (THREE, 'y = active(convolve(y, filters, 1, 1, "open"), 3)'),
        (PROJECT, 'x = convolve(x, filters, 1, strides, "project")'),
        (A, ""),
    ),
    wrong(
        UNIT_ID,
        "old_block",
        "It is lesson 04's order: convolve, normalise, ReLU; add; ReLU.",
        "Here the unit normalises and activates first; nothing follows the addition.",
        "Turn each triple round: normalise, ReLU, convolve.",
        (ONE, 'y = active(convolve(x, filters // 4, 1, 1, "squeeze"), 1)'),
        (TWO, 'y = active(convolve(y, filters // 4, 3, strides, "look"), 2)'),
        (THREE, 'y = convolve(y, filters, 1, 1, "open")'),
        (PROJECT, 'x = convolve(x, filters, 1, strides, "project")'),
        (A, ""),
        (SUM, f"layers.ReLU()({SUM})"),
    ),
    wrong(
        UNIT_ID,
        "relu_after_sum",
        "A ReLU follows the addition.",
        "Then nothing negative leaves the unit, and an empty unit does not pass on its input.",
        "Return the sum as it is.",
        (SUM, f"layers.ReLU()({SUM})"),
    ),
    wrong(
        UNIT_ID,
        "first_gets_x",
        "The first convolution gets `x` itself.",
        "Pre-activation means: every convolution, the first too, comes behind normalisation and ReLU.",
        "Hand the normalised and activated `x` to the first convolution.",
        (ONE, ONE.replace("(a,", "(x,")),
    ),
    wrong(
        UNIT_ID,
        "shortcut_from_active",
        "The shortcut starts from the activated `x`, even where the shapes agree.",
        "Where nothing changes its shape, `x` itself is added, negative values included.",
        "Keep `x` for the addition.",
        (SUM, SUM.replace("[x, y]", "[x if strides > 1 or x.shape[-1] != filters else a, y]")),
    ),
    wrong(
        UNIT_ID,
        "no_shortcut",
        "The input is not added.",
        "The unit is a change that is added to its input.",
        "Add `x` and the branch.",
        (SUM, "y"),
    ),
    wrong(
        UNIT_ID,
        "multiplies",
        "Input and branch are multiplied.",
        "An empty branch would then wipe the input out.",
        "Use `layers.Add`.",
        (SUM, SUM.replace("Add", "Multiply")),
    ),
    wrong(
        UNIT_ID,
        "concatenates",
        "Input and branch are put side by side.",
        "Then the unit has twice the channels. They are added.",
        "Use `layers.Add`.",
        (SUM, SUM.replace("Add", "Concatenate")),
    ),
    wrong(
        UNIT_ID,
        "subtracts",
        "The branch is subtracted.",
        "The change is added to the input.",
        "Use `layers.Add`.",
        (SUM, SUM.replace("Add", "Subtract")),
    ),
    wrong(
        UNIT_ID,
        "projects_x",
        "The projection starts from `x`.",
        "It starts from what the first normalisation and ReLU give, as in the released code.",
        "Hand the activated map to the 1×1 convolution of the shortcut.",
        (PROJECT, PROJECT.replace("(a,", "(x,")),
    ),
    wrong(
        UNIT_ID,
        "always_projects",
        "The projection is always there.",
        "Then an empty unit does not pass on its input, and a network has millions of weights too many.",
        "Project only when `strides` is above 1 or the channels differ.",
        (WHEN, "if True:"),
    ),
    wrong(
        UNIT_ID,
        "no_projection",
        "The input keeps its shape where the branch changes its own.",
        "Two maps of different size or width cannot be added.",
        "When `strides` is above 1 or the channels differ, the shortcut is a 1×1 convolution.",
        (WHEN, "if False:"),
    ),
    wrong(
        UNIT_ID,
        "projects_on_strides_alone",
        "The projection is there only when `strides` is above 1.",
        "New channels need it too, at the same size.",
        "Also project when `x` does not have `filters` channels.",
        (WHEN, "if strides > 1:"),
    ),
    wrong(
        UNIT_ID,
        "projects_on_channels_alone",
        "The projection is there only when the channels change.",
        "Strides need it too: the branch gets smaller, and `x` does not.",
        "Also project when `strides` is above 1.",
        (WHEN, "if x.shape[-1] != filters:"),
    ),
    wrong(
        UNIT_ID,
        "wide_projection",
        "The projection has a 3×3 kernel.",
        "It is only there to change the shape.",
        "Use a 1×1 kernel on the shortcut.",
        (PROJECT, PROJECT.replace("filters, 1,", "filters, 3,")),
    ),
    wrong(
        UNIT_ID,
        "pooled_shortcut",
        "The shortcut is pooled and then projected.",
        "One 1×1 convolution with the strides does both.",
        "Give the projection the strides, and leave the pooling out.",
        (
            PROJECT,
            'x = convolve(layers.AveragePooling2D(strides, padding="same")(a), filters, 1, 1, "project")',
        ),
    ),
    wrong(
        UNIT_ID,
        "strides_first",
        "The first 1×1 convolution has the strides.",
        "Here the 3×3 convolution has them, so that it sees all positions.",
        "Hand `strides` to the 3×3 convolution.",
        (ONE, ONE.replace("1, 1,", "1, strides,")),
        (TWO, TWO.replace("3, strides", "3, 1")),
    ),
    wrong(
        UNIT_ID,
        "strides_last",
        "The last 1×1 convolution has the strides.",
        "Then the 3×3 convolution works on all positions, and three quarters of that is thrown away.",
        "Hand `strides` to the 3×3 convolution.",
        (TWO, TWO.replace("3, strides", "3, 1")),
        (THREE, THREE.replace("1, 1,", "1, strides,")),
    ),
    wrong(
        UNIT_ID,
        "strides_twice",
        "Two convolutions of the branch have the strides.",
        "The branch is then smaller than the shortcut.",
        "Only the 3×3 convolution has them.",
        (ONE, ONE.replace("1, 1,", "1, strides,")),
    ),
    wrong(
        UNIT_ID,
        "no_strides",
        "Only one of the two ways has the strides.",
        "Branch and shortcut must get smaller together, to be added.",
        "Hand `strides` to the 3×3 convolution and to the projection.",
        (TWO, TWO.replace("3, strides", "3, 1")),
    ),
    wrong(
        UNIT_ID,
        "wide_middle",
        "The middle has as many channels as the ends.",
        "The bottleneck spares work: the 3×3 convolution runs on a quarter of the channels.",
        "Give the first two convolutions `filters // 4` filters.",
        ("filters // 4", "filters"),
    ),
    wrong(
        UNIT_ID,
        "half_middle",
        "The middle has half of the channels.",
        "It has a quarter of them.",
        "Give the first two convolutions `filters // 4` filters.",
        ("filters // 4", "filters // 2"),
    ),
    wrong(
        UNIT_ID,
        "middle_of_input",
        "The middle has a quarter of the channels that come *in*.",
        "Its width goes by the channels that go out.",
        "Use `filters // 4`, with `filters` as asked for.",
        ("filters // 4", "x.shape[-1] // 4"),
    ),
    wrong(
        UNIT_ID,
        "ignores_filters",
        "`filters` is not used.",
        "The first unit of a stage gives a new number of channels.",
        "Keep the channels of `x` only when `filters` is None.",
        (FILTERS, "filters = x.shape[-1]"),
    ),
    wrong(
        UNIT_ID,
        "only_points",
        "All convolutions are 1×1.",
        "Then no position ever looks at its neighbours.",
        "Give the convolution in the middle a 3×3 kernel.",
        (TWO, TWO.replace("// 4, 3,", "// 4, 1,")),
    ),
    wrong(
        UNIT_ID,
        "large_first",
        "The first convolution has a 3×3 kernel.",
        "It only squeezes the channels.",
        "Use 1×1, 3×3, 1×1.",
        (ONE, ONE.replace("// 4, 1,", "// 4, 3,")),
    ),
    wrong(
        UNIT_ID,
        "large_last",
        "The last convolution has a 3×3 kernel.",
        "It only opens the channels again.",
        "Use 1×1, 3×3, 1×1.",
        (THREE, THREE.replace("filters, 1,", "filters, 3,")),
    ),
    wrong(
        UNIT_ID,
        "basic_unit",
        "It has two 3×3 convolutions.",
        "The unit is a bottleneck: 1×1, 3×3, 1×1.",
        "Squeeze with a 1×1 convolution, look around with 3×3, and open with 1×1.",
        (ONE, 'y = convolve(a, filters, 3, strides, "squeeze")'),
        (TWO, ""),
        (THREE, THREE.replace("filters, 1,", "filters, 3,")),
    ),
    wrong(
        UNIT_ID,
        "two_convolutions",
        "The last 1×1 convolution is missing.",
        "The branch has to come back to `filters` channels behind the 3×3 convolution, with a 1×1.",
        "Use three convolutions: 1×1, 3×3, 1×1.",
        (TWO, TWO.replace("filters // 4", "filters")),
        (THREE, ""),
    ),
    wrong(
        UNIT_ID,
        "no_second_relu",
        "There is no ReLU before the 3×3 convolution.",
        "Two convolutions with no ReLU between them are no more than one larger convolution.",
        "Normalise and activate before each of the three convolutions.",
        (TWO, TWO.replace("active(y, 2)", "layers.BatchNormalization(name=name + '_norm2')(y)")),
    ),
    wrong(
        UNIT_ID,
        "no_third_relu",
        "There is no ReLU before the last convolution.",
        "Two convolutions with no ReLU between them are no more than one larger convolution.",
        "Normalise and activate before each of the three convolutions.",
        (THREE, THREE.replace("active(y, 3)", "layers.BatchNormalization(name=name + '_norm3')(y)")),
    ),
    wrong(
        UNIT_ID,
        "no_relu",
        "There is no ReLU at all.",
        "Convolutions in a row, with none between them, are no more than one convolution.",
        "Behind each normalisation comes a ReLU.",
        (RELU, "t"),
    ),
    wrong(
        UNIT_ID,
        "relu_on_change",
        "A ReLU follows the last convolution.",
        "Then the change can never be negative, and the unit can only add.",
        "Add what the last convolution gives as it is.",
        (SUM, SUM.replace("[x, y]", "[x, layers.ReLU()(y)]")),
    ),
    wrong(
        UNIT_ID,
        "relu_before_norm",
        "The ReLU comes before the normalisation.",
        "Then the normalisation sees only what is positive, and the convolution gets negative values again.",
        "Normalise first, then ReLU.",
        (NORM, RELU),
        (f"return {RELU}", f"return {NORM}"),
    ),
    wrong(
        UNIT_ID,
        "no_norm",
        "There is no batch normalisation.",
        "It belongs before each of the three ReLUs.",
        "Use `layers.BatchNormalization` before each ReLU.",
        (NORM, "t"),
    ),
    wrong(
        UNIT_ID,
        "no_first_norm",
        "`x` is activated without being normalised.",
        "The first ReLU, too, comes behind a normalisation.",
        "Use `layers.BatchNormalization` before each of the three ReLUs.",
        (A, "a = layers.ReLU()(x)"),
    ),
    wrong(
        UNIT_ID,
        "last_norm",
        "The last convolution is normalised too.",
        "Behind the last convolution comes the addition.",
        "Three normalisations are enough: one before each ReLU.",
        (SUM, SUM.replace("[x, y]", '[x, layers.BatchNormalization(name=name + "_norm4")(y)]')),
    ),
    wrong(
        UNIT_ID,
        "normalised_shortcut",
        "The shortcut starts from the normalised `x`.",
        "Where nothing changes its shape, `x` is added as it came in.",
        "Keep `x` for the addition.",
        (SUM, f"{SUM.replace('[x, y]', '[layers.BatchNormalization(name=name + chr(95) + chr(48))(x), y]')}"),
    ),
    wrong(
        UNIT_ID,
        "unpadded",
        "The 3×3 convolution does not pad.",
        "It then loses a row and a column on each side, and the addition fails.",
        'Use `padding="same"`.',
        ('"padding": "same", ', ""),
    ),
    wrong(
        UNIT_ID,
        "tanh",
        "The activation is tanh.",
        "The equation has a ReLU.",
        "Use `layers.ReLU`.",
        (RELU, 'layers.Activation("tanh")(t)'),
    ),
    wrong(
        UNIT_ID,
        "same_name",
        "The names of the layers do not come from `name`.",
        "The second unit in a model would have the same names, which Keras refuses.",
        'Build every name from `name`, such as `name + "_norm1"`.',
        ('f"{name}_{role}"', 'f"unit_{role}"'),
    ),
)

# trunk_branch ---------------------------------------------------------------------------------------------
STEPS = "for step in range(t):"
STEP = 'x = unit(x, f"{name}_unit{step}")'


def trunk(id: str, title: str, hint: str, next_step: str, *edits: tuple[str, str]) -> Wrong:
    return wrong("trunk_branch", id, title, hint, next_step, *edits)


LOOP = "Go through a loop `t` times; what a unit returns goes into the next."
TRUNK = (
    trunk(
        "always_two",
        "There are always two units.",
        "`t` says how many.",
        LOOP,
        (STEPS, "for step in range(2):"),
    ),
    trunk(
        "one_short",
        "There is one unit too few.",
        "`range(t)` has `t` steps.",
        LOOP,
        ("range(t)", "range(t - 1)"),
    ),
    trunk(
        "one_more",
        "There is one unit too many.",
        "`range(t)` has `t` steps.",
        LOOP,
        ("range(t)", "range(t + 1)"),
    ),
    trunk(
        "one_unit",
        "Only one unit counts, whatever `t` is.",
        "The trunk has `t` of them in a row: what one returns goes into the next.",
        LOOP,
        (STEPS, "for step in range(1):"),
    ),
    trunk(
        "twice_t", "There are twice as many units.", "`t` counts units.", LOOP, ("range(t)", "range(2 * t)")
    ),
    trunk(
        "nothing",
        "No unit is called.",
        "The trunk is where features are computed.",
        LOOP,
        (STEPS, "for step in range(0):"),
    ),
    trunk(
        "side_by_side",
        "The units stand side by side, and their results are added.",
        "They stand in a row.",
        LOOP,
        (f"{STEPS}\n        {STEP}\n    return x", 'return sum(unit(x, f"{name}_{s}") for s in range(t))'),
    ),
    trunk(
        "extra_shortcut",
        "The input is added once more at the end.",
        "Each unit has a shortcut inside; the trunk has none around it.",
        "Return what the last unit gives.",
        (STEPS, f"first = x\n    {STEPS}"),
        ("return x", "return first + x"),
    ),
    trunk(
        "shortcut_each",
        "The input of each unit is added to its output.",
        "A unit has its shortcut inside.",
        "Use what `unit` returns as it is.",
        (STEP, STEP.replace("x = ", "x = x + ")),
    ),
    trunk(
        "relu_between",
        "A ReLU follows each unit.",
        "Nothing stands behind the addition of a pre-activation unit.",
        "Use what `unit` returns as it is.",
        (STEP, STEP.replace("x = unit", "x = layers.ReLU()(unit") + ")"),
    ),
    trunk(
        "own_unit",
        "You call your own function, `pre_activation_residual_unit`, not the one handed in.",
        "The trunk should work with any unit; yours is only the default.",
        "Call `unit`.",
        (STEP, STEP.replace("unit(x, ", "pre_activation_residual_unit(x, ")),
    ),
    trunk(
        "same_name",
        "All units have the same name.",
        "Keras refuses two layers of one name.",
        'Put the number of the unit into its name: `f"{name}_unit{step}"`.',
        (STEP, 'x = unit(x, name + "_unit")'),
    ),
    trunk(
        "fixed_name",
        "The names of the units do not come from `name`.",
        "Two trunks in one model would have the same names.",
        'Build each name from `name`: `f"{name}_unit{step}"`.',
        (STEP, 'x = unit(x, f"unit{step}")'),
    ),
)

# mask_activation ------------------------------------------------------------------------------------------
SQUARES = "keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)"
DIVIDED = "scores / keras.ops.sqrt(squares + 1e-6)"
IF_CHANNEL = 'if activation == "channel":'
IF_SPATIAL = 'if activation == "spatial":'
MEAN = "keras.ops.mean(scores, axis=(1, 2), keepdims=True)"
VARIANCE = "keras.ops.var(scores, axis=(1, 2), keepdims=True)"
STANDARD = "(scores - mean) / keras.ops.sqrt(variance + 1e-6)"
MASK = 'layers.Activation("sigmoid", name=name + "_mask")(scores)'


def activation(id: str, title: str, hint: str, next_step: str, *edits: tuple[str, str]) -> Wrong:
    return wrong("mask_activation", id, title, hint, next_step, *edits)


def over(axes: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The spatial form with mean and variance over other axes."""
    return (MEAN, MEAN.replace("(1, 2)", axes)), (VARIANCE, VARIANCE.replace("(1, 2)", axes))


OWN_POSITIONS = "Take mean and deviation over axes 1 and 2: height and width."
ACTIVATION = (
    activation(
        "softmax_over_channels",
        "The mask of kind `mixed` is a softmax over the channels.",
        "Under a softmax the channels compete. In the mixed mask each number stands alone.",
        "Use one sigmoid per score.",
        (
            MASK,
            f'{MASK} if activation == "spatial" else layers.Softmax(axis=-1)(scores)',
        ),
    ),
    activation(
        "softmax_over_positions",
        "The mask of kind `mixed` is a softmax over the positions.",
        "Under a softmax the weights of a map add up to 1, and every one of them is tiny.",
        "Use one sigmoid per score.",
        (
            MASK,
            f'{MASK} if activation == "spatial" else keras.ops.softmax(scores, axis=(1, 2))',
        ),
    ),
    activation(
        "softmax_everywhere",
        "The masks end with a softmax, as in text models.",
        "The paper's masks end with a sigmoid; each position and channel is asked on its own.",
        "Use a sigmoid.",
        (MASK, "layers.Softmax(axis=-1)(scores)"),
    ),
    activation(
        "no_sigmoid",
        "There is no sigmoid.",
        "Scores have any sign and size; a mask of this kind lies between 0 and 1.",
        "Finish `mixed` and `spatial` with a sigmoid.",
        (MASK, "scores"),
    ),
    activation(
        "spatial_without_sigmoid",
        "The standardised map has no sigmoid behind it.",
        "`spatial` standardises the scores, and then takes the sigmoid.",
        "Finish `spatial` with a sigmoid.",
        (f"scores = {STANDARD}", f"return {STANDARD}"),
    ),
    activation(
        "tanh",
        "The mask ends with tanh.",
        "tanh runs from −1 to 1; the equation has a sigmoid.",
        "Use `sigmoid`.",
        (MASK, MASK.replace('"sigmoid"', '"tanh"')),
    ),
    activation(
        "hard_sigmoid",
        "The mask ends with a hard sigmoid.",
        "It is 0 or 1 far out, and passes no gradient there.",
        "Use `sigmoid`.",
        (MASK, MASK.replace('"sigmoid"', '"hard_sigmoid"')),
    ),
    activation(
        "relu_first",
        "A ReLU stands before the sigmoid.",
        "Then no mask is ever below one half.",
        "Let the scores be negative.",
        (MASK, MASK.replace("(scores)", "(keras.ops.relu(scores))")),
    ),
    activation(
        "two_sigmoids",
        "There are two sigmoids, one behind the other.",
        "Then every mask lies between a half and three quarters.",
        "Use one sigmoid.",
        (MASK, f"keras.ops.sigmoid({MASK})"),
    ),
    activation(
        "manhattan",
        "`channel` divides by the sum of the absolute values.",
        "The paper's length is the square root of the sum of squares.",
        "Square, add up over the channels, take the root.",
        (SQUARES, "keras.ops.sum(keras.ops.absolute(scores), axis=-1, keepdims=True)"),
        (DIVIDED, "scores / (squares + 1e-6)"),
    ),
    activation(
        "no_root",
        "`channel` divides by the sum of squares, without the root.",
        "Then twice the scores give half the mask.",
        "Take the square root of the sum.",
        (DIVIDED, "scores / (squares + 1e-6)"),
    ),
    activation(
        "mean_of_squares",
        "`channel` divides by the root of the *mean* of the squares.",
        "Then the length is not 1 but the root of the number of channels.",
        "Use the sum of the squares.",
        (SQUARES, SQUARES.replace("ops.sum", "ops.mean")),
    ),
    activation(
        "length_over_positions",
        "`channel` divides by the length over the positions.",
        "In this kind the channels of one position compete, not the positions of one channel.",
        "Add up over the last axis.",
        (SQUARES, SQUARES.replace("axis=-1", "axis=(1, 2)")),
    ),
    activation(
        "length_over_all",
        "`channel` divides by one length for the whole map.",
        "Every position has a vector of its own, and that gets length 1.",
        "Add up over the last axis alone.",
        (SQUARES, SQUARES.replace("axis=-1", "axis=(1, 2, 3)")),
    ),
    activation(
        "length_over_batch",
        "`channel` divides by the length over the batch.",
        "Images have nothing to do with each other.",
        "Add up over the last axis.",
        (SQUARES, SQUARES.replace("axis=-1", "axis=0")),
    ),
    activation(
        "largest_channel",
        "`channel` divides by the largest absolute value.",
        "The paper's length is the square root of the sum of squares.",
        "Square, add up over the channels, take the root.",
        (SQUARES, "keras.ops.max(keras.ops.square(scores), axis=-1, keepdims=True)"),
    ),
    activation(
        "sigmoid_after_length",
        "`channel` has a sigmoid behind it.",
        "The second kind only normalises the length; it may be negative.",
        "Return the scores divided by their length.",
        (DIVIDED, f"keras.ops.sigmoid({DIVIDED})"),
    ),
    activation(
        "channel_softmax",
        "`channel` is a softmax over the channels.",
        "A softmax makes the sum 1; the paper makes the *length* 1, and keeps the signs.",
        "Divide by the root of the sum of squares.",
        (DIVIDED, "keras.ops.softmax(scores, axis=-1)"),
    ),
    activation(
        "absolute_channel",
        "`channel` has lost its signs.",
        "Scores are divided by a length; a negative score stays negative.",
        "Divide the scores themselves.",
        (DIVIDED, f"keras.ops.absolute({DIVIDED})"),
    ),
    activation(
        "centred_channel",
        "`channel` subtracts the mean of the channels first.",
        "Nothing is subtracted in this kind.",
        "Divide the scores by their length.",
        (
            f"squares = {SQUARES}",
            f"scores = scores - keras.ops.mean(scores, axis=-1, keepdims=True)\n        squares = {SQUARES}",
        ),
    ),
    activation(
        "squeeze_excite",
        "`channel` is a gate per channel, from the mean over the positions.",
        "That is squeeze-and-excitation. The paper's second kind has a number for each position, too.",
        "Divide by the length over the channels, at each position.",
        (DIVIDED, f"keras.ops.sigmoid({MEAN}) + 0 * scores"),
    ),
    activation(
        "unprotected_channel",
        "`channel` divides by zero where all channels are 0.",
        "0 / 0 is NaN, and one NaN spoils the whole training.",
        "Add a very small number under the root.",
        (DIVIDED, DIVIDED.replace(" + 1e-6", "")),
    ),
    activation(
        "unprotected_spatial",
        "`spatial` divides by zero where a map is flat.",
        "0 / 0 is NaN, and one NaN spoils the whole training.",
        "Add a very small number under the root.",
        (STANDARD, STANDARD.replace(" + 1e-6", "")),
    ),
    activation(
        "unprotected",
        "Both divisions divide by zero where all scores are 0.",
        "0 / 0 is NaN, and one NaN spoils the whole training.",
        "Add a very small number under each root.",
        (" + 1e-6", ""),
    ),
    activation(
        "variance_for_deviation",
        "`spatial` divides by the variance.",
        "Then twice the scores give half the contrast.",
        "Take the root of the variance.",
        (STANDARD, "(scores - mean) / (variance + 1e-6)"),
    ),
    activation(
        "not_centred",
        "`spatial` does not subtract the mean.",
        "Standardised means: mean 0 and deviation 1.",
        "Subtract the mean before you divide.",
        (STANDARD, STANDARD.replace("(scores - mean)", "scores")),
    ),
    activation(
        "only_centred",
        "`spatial` does not divide by the deviation.",
        "Standardised means: mean 0 and deviation 1.",
        "Divide by the deviation.",
        (STANDARD, "scores - mean"),
    ),
    activation(
        "standardised_over_channels",
        "`spatial` takes mean and deviation over the channels.",
        "In this kind the positions of one channel compete.",
        OWN_POSITIONS,
        *over("-1"),
    ),
    activation(
        "standardised_over_batch",
        "`spatial` takes mean and deviation over the batch as well.",
        "Images have nothing to do with each other: each map has its own mean.",
        OWN_POSITIONS,
        *over("(0, 1, 2)"),
    ),
    activation(
        "standardised_over_all",
        "`spatial` takes one mean and deviation for all channels of an image.",
        "Every channel has a map of its own.",
        OWN_POSITIONS,
        *over("(1, 2, 3)"),
    ),
    activation(
        "standardised_over_rows",
        "`spatial` takes mean and deviation over one axis only.",
        "A map has rows and columns.",
        OWN_POSITIONS,
        *over("1"),
    ),
    activation(
        "batch_norm",
        "`spatial` is the mixed mask, or standardises by batch normalisation.",
        "Batch normalisation uses running averages once trained; a fresh one changes nothing.",
        OWN_POSITIONS,
        (STANDARD, 'layers.BatchNormalization(name=name + "_norm")(scores)'),
    ),
    activation(
        "spatial_softmax",
        "`spatial` is a softmax over the positions.",
        "The weights of a map would add up to 1. The paper standardises, and takes a sigmoid.",
        "Subtract the mean, divide by the deviation, sigmoid.",
        (f"scores = {STANDARD}", "return keras.ops.softmax(scores, axis=(1, 2))"),
    ),
    activation(
        "lowest_to_highest",
        "`spatial` stretches each map from its lowest to its highest value.",
        "Then there is always a 0 and a 1. The paper standardises.",
        "Subtract the mean, divide by the deviation, sigmoid.",
        (
            f"scores = {STANDARD}",
            "low = keras.ops.min(scores, axis=(1, 2), keepdims=True)\n"
            "        high = keras.ops.max(scores, axis=(1, 2), keepdims=True)\n"
            "        return (scores - low) / (high - low + 1e-6)",
        ),
    ),
    activation(
        "kinds_exchanged",
        "`channel` and `spatial` have changed places.",
        "`channel` normalises over the channels of a position, `spatial` over the positions of a channel.",
        "Exchange the two.",
        (IF_CHANNEL, 'if activation == "SPATIAL":'),
        (IF_SPATIAL, 'if activation == "channel":'),
        ('"SPATIAL"', '"spatial"'),
    ),
    activation(
        "always_mixed",
        "`activation` is not used.",
        "There are three kinds.",
        "Look at `activation`, and return the mask of that kind.",
        (IF_CHANNEL, "if False:"),
        (IF_SPATIAL, "if False:"),
    ),
    activation(
        "no_channel",
        "`channel` gives the mixed mask.",
        "It divides the scores by their length over the channels.",
        "Compare `activation` with the word `channel`.",
        (IF_CHANNEL, 'if activation == "channels":'),
    ),
    activation(
        "large_constant",
        "A large number is added under the roots.",
        "Then short vectors and flat maps are not normalised at all.",
        "Add a very small number, such as 1e-6.",
        ("1e-6", "100.0"),
    ),
    activation(
        "same_name",
        "The name of a layer does not come from `name`.",
        "The second mask in a model would have the same name, which Keras refuses.",
        'Use `name + "_mask"`, or the like.',
        (MASK, 'layers.Rescaling(1.0, name="mask")(keras.ops.sigmoid(scores))'),
    ),
)

# soft_mask_branch -----------------------------------------------------------------------------------------
POOL = 'm = layers.MaxPooling2D(3, 2, padding="same", name=f"{name}_pool{k}")(m)'
DOWN = 'm = units(m, f"{name}_down{k}", r)'
KEEP = "seen.append(m)"
BOTTOM = 'm = units(m, name + "_bottom", r)'
SKIP = 'skip = units(seen[k - 1], f"{name}_skip{k}", 1)'
UP = 'm = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)'
LAST = "m = enlarge(m, x)"
RESIZE = 'keras.ops.image.resize(t, like.shape[1:3], interpolation="bilinear")'
ENDS = 'for step in ("a", "b"):'
END_NORM = 'm = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm_{step}")(m)'
END_RELU = 'm = layers.ReLU(name=f"{name}_relu_{step}")(m)'
END_CONV = "m = layers.Conv2D(x.shape[-1], 1, **options)(m)"
ACTIVATE = 'activate(m, name + "_activation", activation)'


def branch(id: str, title: str, hint: str, next_step: str, *edits: tuple[str, str]) -> Wrong:
    return wrong("soft_mask_branch", id, title, hint, next_step, *edits)


SKIPS = "Keep the map of each size but the smallest, send it through one unit, and add it on the way up."
BRANCH = (
    branch(
        "no_skip",
        "There are no skips.",
        "What was seen in detail on the way down is then lost at the bottom.",
        SKIPS,
        (UP, UP.replace(" + skip", "")),
    ),
    branch(
        "bare_skip",
        "The skip is added without a unit on it.",
        "The released network has one residual unit on each skip.",
        'Use `units(…, name + "_skip…", 1)` on what the way down had.',
        (SKIP, "skip = seen[k - 1]"),
    ),
    branch(
        "r_units_on_skip",
        "The skip has `r` units.",
        "It has one, whatever `r` is.",
        "Ask for one unit on each skip.",
        (SKIP, SKIP.replace(", 1)", ", r)")),
    ),
    branch(
        "skip_after_units",
        "The skip is added behind the units of the way up.",
        "It is added before them, so that they see both.",
        "Add first, then the units.",
        (UP, 'm = units(enlarge(m, skip), f"{name}_up{k}", r) + skip'),
    ),
    branch(
        "skip_before_units",
        "The skip starts before the units of the way down.",
        "It starts from what they give.",
        "Keep the map behind the `r` units, not behind the pooling.",
        (f"{DOWN}  # (N, H/2^k, W/2^k, C)\n        {KEEP}", f"{KEEP}\n        {DOWN}"),
    ),
    branch(
        "skip_multiplied",
        "The skip is multiplied.",
        "It is added.",
        "Use a plus sign.",
        (UP, UP.replace("enlarge(m, skip) + skip", "enlarge(m, skip) * skip")),
    ),
    branch(
        "skip_joined",
        "The skip is put beside the map, not added.",
        "That is another well-known network; here the channels stay as many as they are.",
        "Add the skip.",
        (
            UP,
            UP.replace("enlarge(m, skip) + skip", "keras.ops.concatenate([enlarge(m, skip), skip], axis=-1)"),
        ),
    ),
    branch(
        "skips_in_wrong_order",
        "The skips come in the order of the way down.",
        "The way up begins with the smallest map, so that the last kept is the first used.",
        "Go through what you kept in reverse order.",
        ("seen[k - 1]", "seen[poolings - 1 - k]"),
    ),
    branch(
        "skip_of_input",
        "The input is added once more at its own size.",
        "At the size of `x` there is no skip: the mask is only enlarged there.",
        "Enlarge to the size of `x`, and go on to the last layers.",
        (LAST, "m = enlarge(m, x) + x"),
    ),
    branch(
        "nearest",
        "The map is enlarged by repeating its numbers.",
        "Bilinear weighs the four nearest numbers. (`UpSampling2D` repeats unless told otherwise.)",
        'Say `interpolation="bilinear"`.',
        ('interpolation="bilinear"', 'interpolation="nearest"'),
    ),
    branch(
        "bicubic",
        "The map is enlarged with cubic curves.",
        "The branch enlarges linearly.",
        'Say `interpolation="bilinear"`.',
        ('interpolation="bilinear"', 'interpolation="bicubic"'),
    ),
    branch(
        "by_two",
        "The map is enlarged by a factor of two.",
        "Sizes may be odd: 7 is pooled to 4, and twice 4 is not 7.",
        "Enlarge to the size of the skip, and at the end to that of `x`.",
        (RESIZE, 'layers.UpSampling2D(2, interpolation="bilinear")(t)'),
    ),
    branch(
        "average_pooling",
        "The map is pooled with means.",
        "The branch takes the maximum: one strong answer is enough.",
        "Use `layers.MaxPooling2D`.",
        (POOL, POOL.replace("MaxPooling2D", "AveragePooling2D")),
    ),
    branch(
        "small_window",
        "The pooling looks at 2 × 2 positions.",
        "Its window is 3 × 3, moved by 2.",
        'Use `layers.MaxPooling2D(3, 2, padding="same")`.',
        ("MaxPooling2D(3, 2,", "MaxPooling2D(2, 2,"),
    ),
    branch(
        "unpadded_pooling",
        "The pooling does not pad.",
        "Then the sizes are rounded down, and the border is lost.",
        'Use `padding="same"`.',
        ('(3, 2, padding="same"', "(3, 2"),
    ),
    branch(
        "strided_convolution",
        "The map is made smaller by a convolution.",
        "The branch pools: nothing is learned there.",
        "Use `layers.MaxPooling2D`.",
        (POOL, 'm = layers.Conv2D(x.shape[-1], 3, 2, padding="same", name=f"{name}_pool{k}")(m)'),
    ),
    branch(
        "no_pooling",
        "The map is never pooled.",
        "Then no number sees far.",
        'Use `layers.MaxPooling2D(3, 2, padding="same")` before the units of each step down.',
        (POOL, ""),
    ),
    branch(
        "units_before_pooling",
        "The units of the way down come before the pooling.",
        "Each step pools first, then has its units.",
        "Pool first.",
        (POOL, f"PLACE\n        {POOL}"),
        (f"{DOWN}  # (N, H/2^k, W/2^k, C)", ""),
        ("PLACE", DOWN),
    ),
    branch(
        "always_one_pooling",
        "The map is pooled once, whatever `poolings` is.",
        "The paper pools large maps three times, to reach 7 × 7.",
        "Let a loop run `poolings` times.",
        ("m, seen = x, []", "m, seen, poolings = x, [], 1"),
    ),
    branch(
        "one_pooling_too_many",
        "The map is pooled once too often.",
        "`poolings` says how often.",
        "Let a loop run `poolings` times.",
        ("m, seen = x, []", "m, seen, poolings = x, [], poolings + 1"),
    ),
    branch(
        "no_bottom",
        "The bottom has no units of its own.",
        "Behind the last pooling there are `r` units of the way down and `r` more.",
        "Add `r` units at the smallest map.",
        (BOTTOM, ""),
    ),
    branch(
        "no_units_down",
        "There are no units on the way down.",
        "Each pooling is followed by `r` units.",
        "Add `r` units behind each pooling.",
        (DOWN, ""),
    ),
    branch(
        "no_units_up",
        "There are no units on the way up.",
        "Each addition is followed by `r` units.",
        "Add `r` units behind each skip.",
        (UP, "m = enlarge(m, skip) + skip"),
    ),
    branch(
        "ignores_r",
        "There is one unit everywhere, whatever `r` is.",
        "`r` counts the units between two poolings.",
        "Hand `r` to `units`.",
        (DOWN, DOWN.replace(", r)", ", 1)")),
        (BOTTOM, BOTTOM.replace(", r)", ", 1)")),
        (UP, UP.replace(", r)", ", 1)")),
    ),
    branch(
        "units_at_full_size",
        "There are units once more at the size of `x`.",
        "The units are on the small maps, where they cost little. At full size come the last layers.",
        "Leave out the units behind the last enlargement.",
        (LAST, f'{LAST}\n    m = units(m, name + "_full", r)'),
    ),
    branch(
        "straight_up",
        "The bottom is enlarged to the full size at once.",
        "The way up goes step by step, with a skip at each size.",
        SKIPS,
        ("for k in range(poolings - 1, 0, -1):", "for k in ():"),
    ),
    branch(
        "one_convolution",
        "There is one 1×1 convolution at the end.",
        "There are two, each behind a normalisation and a ReLU.",
        "Repeat normalisation, ReLU and convolution.",
        (ENDS, 'for step in ("a",):'),
    ),
    branch(
        "one_channel",
        "The mask has one channel.",
        "It has a weight for each position *and* channel.",
        "Give the last convolution as many filters as `x` has channels.",
        (END_CONV, END_CONV.replace("x.shape[-1], 1,", 'x.shape[-1] if step == "a" else 1, 1,')),
    ),
    branch(
        "narrow_scores",
        "The first of the last convolutions is narrower.",
        "Both have as many filters as `x` has channels.",
        "Use `x.shape[-1]` filters in both.",
        (END_CONV, END_CONV.replace("x.shape[-1], 1,", 'x.shape[-1] // (2 if step == "a" else 1), 1,')),
    ),
    branch(
        "large_scores",
        "The last convolutions are 3×3.",
        "They are 1×1: what a position needs to know of its surroundings it has from below.",
        "Use 1×1 kernels.",
        (END_CONV, END_CONV.replace("x.shape[-1], 1,", 'x.shape[-1], 3, padding="same",')),
    ),
    branch(
        "no_last_relu",
        "There is no ReLU before the last convolutions.",
        "Two convolutions with none between them are no more than one.",
        "Normalise and activate before each of the two.",
        (END_RELU, ""),
    ),
    branch(
        "relu_between_only",
        "There is a ReLU between the two last convolutions only.",
        "One stands before the first of them too, as in the released network.",
        "Normalise and activate before each of the two.",
        (END_RELU, 'm = m if step == "a" else layers.ReLU()(m)'),
    ),
    branch(
        "relu_on_scores",
        "The ReLUs stand behind the last convolutions, not before them.",
        "Then no score is ever negative, and no mask below one half.",
        "Normalise, ReLU, convolve; twice.",
        (END_RELU, ""),
        (END_CONV, END_CONV + "\n        m = layers.ReLU()(m)"),
    ),
    branch(
        "no_last_norm",
        "There is no batch normalisation before the last convolutions.",
        "The released network normalises before each ReLU, here too.",
        "Normalise, ReLU, convolve; twice.",
        (END_NORM, ""),
    ),
    branch(
        "norm_after_convolution",
        "The normalisation comes behind the convolution.",
        "As in the unit, it comes first: normalise, ReLU, convolve.",
        "Put the normalisation before the ReLU.",
        (END_NORM, ""),
        (END_CONV, f"{END_CONV}\n        {END_NORM}"),
    ),
    branch(
        "enlarged_scores",
        "The last convolutions work on the small map, and the scores are enlarged.",
        "The map is enlarged to the size of `x` first.",
        "Enlarge before the last layers.",
        (LAST, ""),
        (ACTIVATE, ACTIVATE.replace("(m,", "(enlarge(m, x),")),
    ),
    branch(
        "no_activation",
        "The scores come back, not a mask.",
        "A mask is what `activate` makes of them.",
        "Return `activate(scores, name, activation)`.",
        (ACTIVATE, "m"),
    ),
    branch(
        "own_sigmoid",
        "The mask is always a sigmoid: its kind is not handed on.",
        "There are three kinds of mask; `activate` knows them, if it is told which.",
        "Return `activate(scores, name, activation)`.",
        (ACTIVATE, "keras.ops.sigmoid(m)"),
    ),
    branch(
        "own_units",
        "You call your own function, `trunk_branch`, not the one handed in.",
        "The branch should work with any units; yours are only the default.",
        "Call `units`.",
        (DOWN, DOWN.replace("units(", "trunk_branch(")),
        (BOTTOM, BOTTOM.replace("units(", "trunk_branch(")),
        (SKIP, SKIP.replace("units(", "trunk_branch(")),
        (UP, UP.replace("units(", "trunk_branch(")),
    ),
    branch(
        "own_activation",
        "You call your own function, `mask_activation`, not the one handed in.",
        "The branch should work with any activation; yours is only the default.",
        "Call `activate`.",
        (ACTIVATE, ACTIVATE.replace("activate(", "mask_activation(")),
    ),
    branch(
        "one_unit_at_the_bottom",
        "The bottom has one unit, whatever `r` is.",
        "Behind the last pooling there are `r` units of the way down and `r` more.",
        "Ask for `r` units at the bottom.",
        (BOTTOM, BOTTOM.replace(", r)", ", 1)")),
    ),
    branch(
        "scores_on_the_small_map",
        "The first of the last two convolutions stands before the map is enlarged.",
        "The map is enlarged to the size of `x` first; then come both convolutions.",
        "Enlarge before the last layers.",
        (LAST, ""),
        (ENDS, f'{ENDS}\n        m = enlarge(m, x) if step == "b" else m'),
    ),
    branch(
        "bare_scores",
        "The last two convolutions have no normalisation and no ReLU before them.",
        "Two convolutions with none between them are no more than one.",
        "Normalise, ReLU, convolve; twice.",
        (END_NORM, ""),
        (END_RELU, ""),
    ),
    branch(
        "masked_input",
        "The mask is multiplied by the input.",
        "The branch returns the mask alone. Where it meets the trunk is exercise 5.",
        "Return what `activate` gives.",
        (ACTIVATE, f"x * {ACTIVATE}"),
    ),
    branch(
        "one_plus",
        "One is added to the mask.",
        "The branch returns the mask alone. The 1 comes where it meets the trunk.",
        "Return what `activate` gives.",
        (ACTIVATE, f"1 + {ACTIVATE}"),
    ),
    branch(
        "same_name",
        "The name of a layer does not come from `name`.",
        "The second branch in a model would have the same names, which Keras refuses.",
        "Build every name from `name`.",
        ('"name": f"{name}_scores_{step}"', '"name": f"scores_{step}"'),
    ),
)

# naive_attention and attention_residual_learning ----------------------------------------------------------
PRODUCT = 'layers.Multiply(name=name + "_scaled")([mask, trunk])'
RAISED = 'layers.Multiply(name=name + "_raised")([1 + mask, trunk])'


def naive(id: str, title: str, hint: str, next_step: str, new: str) -> Wrong:
    return wrong("naive_attention", id, title, hint, next_step, (PRODUCT, new))


def residual(id: str, title: str, hint: str, next_step: str, new: str) -> Wrong:
    return wrong("attention_residual_learning", id, title, hint, next_step, (RAISED, new))


MULTIPLY = "Return mask times trunk."
BRACKETS = "Return `(1 + mask) * trunk`."
NAIVE = (
    naive("adds", "The mask is added.", "A mask scales.", MULTIPLY, "mask + trunk"),
    naive(
        "one_plus",
        "This is attention residual learning.",
        "The naive form has no 1: it is here to be compared with.",
        MULTIPLY,
        "(1 + mask) * trunk",
    ),
    naive("mask_alone", "The mask comes back.", "It is to scale the trunk.", MULTIPLY, "mask"),
    naive("trunk_alone", "The trunk comes back.", "The mask is not used.", MULTIPLY, "trunk"),
    naive(
        "sigmoid_again",
        "The mask goes through a sigmoid.",
        "It is a mask already; a second sigmoid leaves values from a half to three quarters.",
        MULTIPLY,
        "keras.ops.sigmoid(mask) * trunk",
    ),
    naive(
        "softmax",
        "The mask goes through a softmax.",
        "It is a mask already, and its weights do not compete.",
        MULTIPLY,
        "keras.ops.softmax(mask, axis=-1) * trunk",
    ),
    naive(
        "one_minus",
        "The trunk is scaled by one minus the mask.",
        "Then a high weight closes.",
        MULTIPLY,
        "(1 - mask) * trunk",
    ),
    naive(
        "mean_mask",
        "All channels of a position get the same weight.",
        "The mask has one for each channel.",
        "Multiply as they are; average nothing.",
        "keras.ops.mean(mask, axis=-1, keepdims=True) * trunk",
    ),
    naive(
        "divides", "The trunk is divided by the mask.", "Then a low weight raises.", MULTIPLY, "trunk / mask"
    ),
    naive(
        "relu_on_product",
        "A ReLU follows.",
        "The trunk has negative values, and they pass.",
        "Return the product as it is.",
        "keras.ops.relu(mask * trunk)",
    ),
    naive("twice", "The mask is applied twice.", "Once is enough.", MULTIPLY, "mask * mask * trunk"),
    naive(
        "same_name",
        "The name of the layer does not come from `name`.",
        "The second one in a model would have the same name.",
        "Build the name from `name`.",
        'layers.Rescaling(1.0, name="scaled")(mask * trunk)',
    ),
)
RESIDUAL = (
    residual(
        "no_one", "The 1 is missing.", "An empty mask then wipes the trunk out.", BRACKETS, "mask * trunk"
    ),
    residual(
        "adds",
        "The mask is added to the trunk.",
        "A mask scales: where the trunk is 0, it stays 0.",
        BRACKETS,
        "mask + trunk",
    ),
    residual(
        "no_brackets",
        "The product comes first, then the 1.",
        "`1 + mask * trunk` adds 1 to every value. With an empty mask the trunk should come out.",
        BRACKETS,
        "1 + mask * trunk",
    ),
    residual(
        "one_plus_trunk",
        "The 1 is added to the trunk.",
        "It belongs to the mask: an empty mask leaves the trunk as it is.",
        BRACKETS,
        "(1 + trunk) * mask",
    ),
    residual(
        "one_minus", "The mask is subtracted.", "Then a high weight closes.", BRACKETS, "(1 - mask) * trunk"
    ),
    residual(
        "sigmoid_again",
        "The mask goes through a sigmoid.",
        "It is a mask already.",
        BRACKETS,
        "(1 + keras.ops.sigmoid(mask)) * trunk",
    ),
    residual(
        "mean_mask",
        "All channels of a position get the same weight.",
        "The mask has one for each channel.",
        "Use the mask as it is; average nothing.",
        "(1 + keras.ops.mean(mask, axis=-1, keepdims=True)) * trunk",
    ),
    residual(
        "relu_on_mask",
        "Negative weights are cut off.",
        "The channel form of the mask has negative ones, and they count.",
        BRACKETS,
        "(1 + keras.ops.relu(mask)) * trunk",
    ),
    residual(
        "relu_after",
        "A ReLU follows.",
        "The trunk has negative values, and they pass.",
        BRACKETS,
        "keras.ops.relu((1 + mask) * trunk)",
    ),
    residual(
        "halved",
        "The result is halved.",
        "With an empty mask the trunk should come out whole.",
        BRACKETS,
        "(1 + mask) * trunk / 2",
    ),
    residual(
        "doubled", "The product is doubled.", "The 1 is added to the mask.", BRACKETS, "2 * mask * trunk"
    ),
    residual(
        "trunk_twice",
        "The trunk is added twice.",
        "Once is enough: `(1 + mask) * trunk` is the trunk and mask times trunk.",
        BRACKETS,
        "trunk + (1 + mask) * trunk",
    ),
    residual("trunk_alone", "The trunk comes back.", "The mask is not used.", BRACKETS, "trunk"),
    residual(
        "same_name",
        "The name of the layer does not come from `name`.",
        "The second one in a model would have the same name.",
        "Build the name from `name`.",
        'layers.Rescaling(1.0, name="raised")((1 + mask) * trunk)',
    ),
)

# attention_module -----------------------------------------------------------------------------------------
BEFORE = 'x = units(x, name + "_before", p)'
INNER = 'trunk = units(x, name + "_trunk", t)'
WEIGHTS = 'weights = mask(x, name + "_mask", poolings, r, activation)'
MET = 'met = combine(trunk, weights, name + "_met")'
AFTER = 'units(met, name + "_after", p)'


def module(id: str, title: str, hint: str, next_step: str, *edits: tuple[str, str]) -> Wrong:
    return wrong("attention_module", id, title, hint, next_step, *edits)


MODULE = (
    module(
        "mask_from_trunk",
        "The mask looks at the trunk.",
        "Trunk and mask start side by side, from what the first units give.",
        "Hand both the same map.",
        (WEIGHTS, WEIGHTS.replace("mask(x,", "mask(trunk,")),
    ),
    module(
        "mask_from_input",
        "The mask looks at the input of the module.",
        "It starts behind the first `p` units.",
        "Hand the mask what the first units give.",
        (BEFORE, f"given = x\n    {BEFORE}"),
        (WEIGHTS, WEIGHTS.replace("mask(x,", "mask(given,")),
    ),
    module(
        "trunk_from_input",
        "The trunk starts from the input of the module.",
        "It starts behind the first `p` units.",
        "Hand the trunk what the first units give.",
        (BEFORE, f"given = x\n    {BEFORE}"),
        (INNER, INNER.replace("units(x,", "units(given,")),
    ),
    module(
        "trunk_from_mask",
        "The trunk starts from the mask.",
        "Trunk and mask start side by side, from what the first units give.",
        "Hand both the same map.",
        (f"{INNER}  # (N, H, W, C)\n    {WEIGHTS}", f"{WEIGHTS}\n    {INNER.replace('(x,', '(weights,')}"),
    ),
    module(
        "no_before",
        "There are no units before.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Send `x` through `p` units first.",
        (BEFORE, ""),
    ),
    module(
        "no_after",
        "There are no units behind.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Send what `combine` gives through `p` units.",
        (AFTER, "met"),
    ),
    module(
        "neither_end",
        "There are no units before and none behind.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Add them at both ends.",
        (BEFORE, ""),
        (AFTER, "met"),
    ),
    module(
        "trunk_of_p",
        "The trunk has `p` units.",
        "It has `t` of them.",
        "Hand `t` to the units of the trunk.",
        (INNER, INNER.replace(", t)", ", p)")),
    ),
    module(
        "ends_of_t",
        "The ends have `t` units.",
        "They have `p` of them.",
        "Hand `p` to the units before and behind.",
        (BEFORE, BEFORE.replace(", p)", ", t)")),
        (AFTER, AFTER.replace(", p)", ", t)")),
    ),
    module(
        "counts_ignored",
        "`p` and `t` are not used.",
        "They say how many units there are.",
        "Hand them to `units`.",
        (BEFORE, BEFORE.replace(", p)", ", 1)")),
        (INNER, INNER.replace(", t)", ", 2)")),
        (AFTER, AFTER.replace(", p)", ", 1)")),
    ),
    module(
        "after_by_default",
        "The units behind number the default, not `p`.",
        "`units(x, name)` without a number gives as many as it likes.",
        "Hand `p` to the units behind.",
        (AFTER, AFTER.replace(", p)", ")")),
    ),
    module(
        "after_of_t",
        "The units behind number `t`, not `p`.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Hand `p` to the units behind.",
        (AFTER, AFTER.replace(", p)", ", t)")),
    ),
    module(
        "before_by_default",
        "The units before number the default, not `p`.",
        "`units(x, name)` without a number gives as many as it likes.",
        "Hand `p` to the units before.",
        (BEFORE, BEFORE.replace(", p)", ")")),
    ),
    module(
        "before_of_t",
        "The units before number `t`, not `p`.",
        "`p` units come before trunk and mask, and `p` behind.",
        "Hand `p` to the units before.",
        (BEFORE, BEFORE.replace(", p)", ", t)")),
    ),
    module(
        "ends_by_default",
        "The units at both ends number the default, not `p`.",
        "`units(x, name)` without a number gives as many as it likes.",
        "Hand `p` to the units before and behind.",
        (BEFORE, BEFORE.replace(", p)", ")")),
        (AFTER, AFTER.replace(", p)", ")")),
    ),
    module(
        "trunk_by_default",
        "The units of the trunk number the default, not `t`.",
        "`units(x, name)` without a number gives as many as it likes.",
        "Hand `t` to the units of the trunk.",
        (INNER, INNER.replace(", t)", ")")),
    ),
    module(
        "own_units",
        "You call your own function, `trunk_branch`, not the one handed in.",
        "The module should work with any units; yours are only the default.",
        "Call `units`.",
        (BEFORE, BEFORE.replace("units(", "trunk_branch(")),
        (INNER, INNER.replace("units(", "trunk_branch(")),
        (AFTER, AFTER.replace("units(", "trunk_branch(")),
    ),
    module(
        "own_mask",
        "You call your own function, `soft_mask_branch`, not the one handed in.",
        "The module should work with any mask; yours is only the default.",
        "Call `mask`.",
        (WEIGHTS, WEIGHTS.replace("mask(x", "soft_mask_branch(x", 1)),
    ),
    module(
        "own_parts",
        "You call your own functions, not those handed in.",
        "The module should work with any parts; yours are only the defaults.",
        "Call `units`, `mask` and `combine`.",
        (BEFORE, BEFORE.replace("units(", "trunk_branch(")),
        (INNER, INNER.replace("units(", "trunk_branch(")),
        (AFTER, AFTER.replace("units(", "trunk_branch(")),
        (WEIGHTS, WEIGHTS.replace("mask(x", "soft_mask_branch(x", 1)),
        (MET, MET.replace("combine(", "attention_residual_learning(")),
    ),
    module(
        "no_trunk",
        "The trunk has no units.",
        "The mask then scales what the first units give.",
        "Send the map through `t` units.",
        (INNER, "trunk = x"),
    ),
    module(
        "mask_unused",
        "The mask is not used.",
        "Trunk and mask have to meet.",
        "Hand both to `combine`.",
        (MET, "met = trunk"),
    ),
    module(
        "own_product",
        "Trunk and mask always meet as (1 + M) · T.",
        "How they meet is handed in, so that the naive form can stand there too.",
        "Call `combine(trunk, mask, name)`.",
        (MET, "met = (1 + weights) * trunk"),
    ),
    module(
        "own_naive_product",
        "Trunk and mask always meet as M · T.",
        "How they meet is handed in.",
        "Call `combine(trunk, mask, name)`.",
        (MET, "met = weights * trunk"),
    ),
    module(
        "changed_places",
        "Trunk and mask have changed places in `combine`.",
        "It is called as `combine(trunk, mask, name)`.",
        "Hand the trunk over first.",
        (MET, MET.replace("trunk, weights", "weights, trunk")),
    ),
    module(
        "combined_twice",
        "The mask is applied twice.",
        "Trunk and mask meet once.",
        "Call `combine` once.",
        (MET, f'{MET}\n    met = combine(met, weights, name + "_again")'),
    ),
    module(
        "combined_at_end",
        "The mask is applied behind the last units.",
        "It meets the trunk; the last units come behind that.",
        "Call `combine` before the last units.",
        (MET, ""),
        (AFTER, 'combine(units(trunk, name + "_after", p), weights, name + "_met")'),
    ),
    module(
        "outer_shortcut",
        "The input of the module is added at the end.",
        "No shortcut runs past the module: the `1 +` is what keeps the trunk.",
        "Return what the last units give.",
        (BEFORE, f"given = x\n    {BEFORE}"),
        (AFTER, f"given + {AFTER}"),
    ),
    module(
        "shortcut_past_the_meeting",
        "What the first units give is added at the end.",
        "No shortcut runs past the module: the `1 +` is what keeps the trunk.",
        "Return what the last units give.",
        (AFTER, f"x + {AFTER}"),
    ),
    module(
        "inner_shortcut",
        "What the first units give is added where trunk and mask meet.",
        "The `1 +` keeps the *trunk*; nothing else is added.",
        "Use what `combine` returns as it is.",
        (MET, f"{MET} + x"),
    ),
    module(
        "trunk_added",
        "The trunk is added to what `combine` returns.",
        "The trunk is kept by the `1 +` inside `combine` already.",
        "Use what `combine` returns as it is.",
        (MET, f"{MET} + trunk"),
    ),
    module(
        "forgets_poolings",
        "`poolings` is not handed on.",
        "The mask then takes its default.",
        "Call `mask(x, name, poolings, r, activation)`.",
        (WEIGHTS, WEIGHTS.replace("poolings, r, activation", "r=r, activation=activation")),
    ),
    module(
        "forgets_r",
        "`r` is not handed on.",
        "The mask then takes its default.",
        "Call `mask(x, name, poolings, r, activation)`.",
        (WEIGHTS, WEIGHTS.replace("poolings, r, activation", "poolings, activation=activation")),
    ),
    module(
        "forgets_activation",
        "`activation` is not handed on.",
        "The mask then takes its default.",
        "Call `mask(x, name, poolings, r, activation)`.",
        (WEIGHTS, WEIGHTS.replace(", activation)", ")")),
    ),
    module(
        "forgets_all",
        "None of `poolings`, `r` and `activation` is handed on.",
        "The mask then takes its defaults.",
        "Call `mask(x, name, poolings, r, activation)`.",
        (WEIGHTS, WEIGHTS.replace(", poolings, r, activation)", ")")),
    ),
    module(
        "poolings_and_r",
        "`poolings` and `r` have changed places.",
        "The mask is called as `mask(x, name, poolings, r, activation)`.",
        "Hand `poolings` over first.",
        (WEIGHTS, WEIGHTS.replace("poolings, r,", "r, poolings,")),
    ),
    module(
        "t_for_r",
        "The mask gets `t` in the place of `r`.",
        "`r` counts the units between two poolings of the mask.",
        "Call `mask(x, name, poolings, r, activation)`.",
        (WEIGHTS, WEIGHTS.replace("poolings, r,", "poolings, t,")),
    ),
    module(
        "same_names",
        "Two parts have the same name.",
        "Keras refuses two layers of one name.",
        "Give every part a name of its own, built from `name`.",
        ('"_trunk"', '"_before"'),
    ),
    module(
        "fixed_name",
        "The names of the parts do not come from `name`.",
        "The second module in a model would have the same names.",
        "Build every name from `name`.",
        ('name + "_met"', '"met"'),
    ),
)

QUIZ = (
    wrong(
        "quiz_unit_parameters",
        "no_norms",
        "The normalisations are not counted.",
        "Each learns a factor and an offset per channel.",
        "Add 2 (64 + 16 + 16).",
        number=4352,
    ),
    wrong(
        "quiz_unit_parameters",
        "statistics",
        "The running means and variances are counted too.",
        "They are kept, but not trained.",
        "Count two numbers per channel, not four.",
        number=4736,
    ),
    wrong(
        "quiz_unit_parameters",
        "wide_middle",
        "The middle is counted with 64 channels.",
        "It has a quarter of them.",
        "Put 16 for f.",
        number=45440,
    ),
    wrong(
        "quiz_unit_parameters",
        "biases",
        "Biases are counted.",
        "The convolutions have none.",
        "Leave 16 + 16 + 64 out.",
        number=4640,
    ),
    wrong(
        "quiz_unit_parameters",
        "one_point",
        "Only one of the two 1×1 convolutions is counted.",
        "One squeezes, one opens.",
        "Add 16 · 64.",
        number=3520,
    ),
    wrong(
        "quiz_unit_parameters",
        "no_square",
        "The 3×3 kernel is counted with one weight per pair of channels.",
        "It has nine.",
        "Multiply 16 · 16 by 9.",
        number=2496,
    ),
    wrong(
        "quiz_module_units",
        "no_skips",
        "The units on the skips are not counted.",
        "There is one on each skip, and with three poolings there are two skips.",
        "Add D − 1.",
        number=26,
    ),
    wrong(
        "quiz_module_units",
        "no_bottom",
        "The bottom is not counted.",
        "Behind the last pooling there are r units of the way down, and r more.",
        "The way down has r D, the bottom r, the way up r (D − 1).",
        number=25,
    ),
    wrong(
        "quiz_module_units",
        "only_trunk_side",
        "The mask is not counted.",
        "It is made of the same units.",
        "Add 2 r D + D − 1.",
        number=8,
    ),
    wrong(
        "quiz_module_units",
        "three_skips",
        "A skip is counted for each pooling.",
        "At the smallest size there is none.",
        "Count D − 1 skips.",
        number=29,
    ),
    wrong(
        "quiz_module_units",
        "r_on_skips",
        "The skips are counted with r units.",
        "There is one unit on each, whatever r is.",
        "Count D − 1.",
        number=32,
    ),
    wrong(
        "quiz_module_units",
        "defaults",
        "That is the module with p, t, r = 1, 2, 1.",
        "This one has 2, 4, 3.",
        "Put p = 2, t = 4, r = 3 into the formula.",
        number=12,
    ),
    wrong(
        "quiz_stacked",
        "naive",
        "That is the naive product.",
        "With attention residual learning one module multiplies by 1 + 1/2.",
        "Multiply by 3/2, six times.",
        number=1,
    ),
    wrong(
        "quiz_stacked",
        "one_module",
        "One module is counted.",
        "There are six of them in a row.",
        "Multiply by 3/2, six times.",
        number=96,
    ),
    wrong(
        "quiz_stacked",
        "added",
        "The halves were added up.",
        "Each module raises what the one before it gave.",
        "Multiply by 3/2, six times.",
        number=256,
    ),
    wrong(
        "quiz_stacked",
        "unchanged",
        "The trunk alone was followed.",
        "The mask raises it by one half, in each module.",
        "Multiply by 3/2, six times.",
        number=64,
    ),
    wrong(
        "quiz_stacked",
        "five_modules",
        "That is what five modules give.",
        "There are six.",
        "Multiply by 3/2 once more.",
        number=486,
    ),
    wrong(
        "quiz_stacked",
        "doubled",
        "A mask of 1 was taken.",
        "The masks are one half.",
        "Multiply by 3/2, not by 2.",
        number=4096,
    ),
)

ALIGNED = (
    "layers.Lambda(lambda s: tf.compat.v1.image.resize_bilinear(s, tuple(like.shape[1:3]), "
    "align_corners=True), output_shape=lambda s: (s[0], *like.shape[1:3], s[-1]))(t)"
)
UNBIASED = (
    "variance = variance * (scores.shape[1] * scores.shape[2] / (scores.shape[1] * scores.shape[2] - 1))"
)
VARIANTS = (
    Variant("soft_mask_branch", "aligned_corners", ((RESIZE, ALIGNED),)),
    Variant(
        "mask_activation", "unbiased", ((f"scores = {STANDARD}", f"{UNBIASED}\n        scores = {STANDARD}"),)
    ),
)
MISCONCEPTIONS = UNIT + TRUNK + ACTIVATION + BRANCH + NAIVE + RESIDUAL + MODULE + QUIZ
