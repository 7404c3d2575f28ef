"""Misconceptions in `mask_activation`: three ways to turn scores into a mask."""

from autograder.keys.misconceptions import variant, wrong

MISCONCEPTIONS = (
    wrong(
        "softmax_over_channels",
        "The mask of kind `mixed` is a softmax over the channels.",
        "Under a softmax the channels compete. In the mixed mask each number stands alone.",
        "Use one sigmoid per score.",
        (
            'layers.Activation("sigmoid", name=name + "_mask")(scores)',
            (
                'layers.Activation("sigmoid", name=name + "_mask")(scores) if activation == "spatial" else '
                "layers.Softmax(axis=-1)(scores)"
            ),
        ),
    ),
    wrong(
        "softmax_over_positions",
        "The mask of kind `mixed` is a softmax over the positions.",
        "Under a softmax the weights of a map add up to 1, and every one of them is tiny.",
        "Use one sigmoid per score.",
        (
            'layers.Activation("sigmoid", name=name + "_mask")(scores)',
            (
                'layers.Activation("sigmoid", name=name + "_mask")(scores) if activation == "spatial" else '
                "keras.ops.softmax(scores, axis=(1, 2))"
            ),
        ),
    ),
    wrong(
        "softmax_everywhere",
        "The masks end with a softmax, as in text models.",
        "The paper's masks end with a sigmoid; each position and channel is asked on its own.",
        "Use a sigmoid.",
        ('layers.Activation("sigmoid", name=name + "_mask")(scores)', "layers.Softmax(axis=-1)(scores)"),
    ),
    wrong(
        "no_sigmoid",
        "There is no sigmoid.",
        "Scores have any sign and size; a mask of this kind lies between 0 and 1.",
        "Finish `mixed` and `spatial` with a sigmoid.",
        ('layers.Activation("sigmoid", name=name + "_mask")(scores)', "scores"),
    ),
    wrong(
        "spatial_without_sigmoid",
        "The standardised map has no sigmoid behind it.",
        "`spatial` standardises the scores, and then takes the sigmoid.",
        "Finish `spatial` with a sigmoid.",
        (
            "scores = (scores - mean) / keras.ops.sqrt(variance + 1e-6)",
            "return (scores - mean) / keras.ops.sqrt(variance + 1e-6)",
        ),
    ),
    wrong(
        "tanh",
        "The mask ends with tanh.",
        "tanh runs from −1 to 1; the equation has a sigmoid.",
        "Use `sigmoid`.",
        (
            'layers.Activation("sigmoid", name=name + "_mask")(scores)',
            'layers.Activation("tanh", name=name + "_mask")(scores)',
        ),
    ),
    wrong(
        "hard_sigmoid",
        "The mask ends with a hard sigmoid.",
        "It is 0 or 1 far out, and passes no gradient there.",
        "Use `sigmoid`.",
        (
            'layers.Activation("sigmoid", name=name + "_mask")(scores)',
            'layers.Activation("hard_sigmoid", name=name + "_mask")(scores)',
        ),
    ),
    wrong(
        "relu_first",
        "A ReLU stands before the sigmoid.",
        "Then no mask is ever below one half.",
        "Let the scores be negative.",
        (
            'layers.Activation("sigmoid", name=name + "_mask")(scores)',
            'layers.Activation("sigmoid", name=name + "_mask")(keras.ops.relu(scores))',
        ),
    ),
    wrong(
        "two_sigmoids",
        "There are two sigmoids, one behind the other.",
        "Then every mask lies between a half and three quarters.",
        "Use one sigmoid.",
        (
            'layers.Activation("sigmoid", name=name + "_mask")(scores)',
            'keras.ops.sigmoid(layers.Activation("sigmoid", name=name + "_mask")(scores))',
        ),
    ),
    wrong(
        "manhattan",
        "`channel` divides by the sum of the absolute values.",
        "The paper's length is the square root of the sum of squares.",
        "Square, add up over the channels, take the root.",
        (
            "keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)",
            "keras.ops.sum(keras.ops.absolute(scores), axis=-1, keepdims=True)",
        ),
        ("scores / keras.ops.sqrt(squares + 1e-6)", "scores / (squares + 1e-6)"),
    ),
    wrong(
        "no_root",
        "`channel` divides by the sum of squares, without the root.",
        "Then twice the scores give half the mask.",
        "Take the square root of the sum.",
        ("scores / keras.ops.sqrt(squares + 1e-6)", "scores / (squares + 1e-6)"),
    ),
    wrong(
        "mean_of_squares",
        "`channel` divides by the root of the *mean* of the squares.",
        "Then the length is not 1 but the root of the number of channels.",
        "Use the sum of the squares.",
        (
            "keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)",
            "keras.ops.mean(keras.ops.square(scores), axis=-1, keepdims=True)",
        ),
    ),
    wrong(
        "length_over_positions",
        "`channel` divides by the length over the positions.",
        "In this kind the channels of one position compete, not the positions of one channel.",
        "Add up over the last axis.",
        (
            "keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)",
            "keras.ops.sum(keras.ops.square(scores), axis=(1, 2), keepdims=True)",
        ),
    ),
    wrong(
        "length_over_all",
        "`channel` divides by one length for the whole map.",
        "Every position has a vector of its own, and that gets length 1.",
        "Add up over the last axis alone.",
        (
            "keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)",
            "keras.ops.sum(keras.ops.square(scores), axis=(1, 2, 3), keepdims=True)",
        ),
    ),
    wrong(
        "length_over_batch",
        "`channel` divides by the length over the batch.",
        "Images have nothing to do with each other.",
        "Add up over the last axis.",
        (
            "keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)",
            "keras.ops.sum(keras.ops.square(scores), axis=0, keepdims=True)",
        ),
    ),
    wrong(
        "largest_channel",
        "`channel` divides by the largest absolute value.",
        "The paper's length is the square root of the sum of squares.",
        "Square, add up over the channels, take the root.",
        (
            "keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)",
            "keras.ops.max(keras.ops.square(scores), axis=-1, keepdims=True)",
        ),
    ),
    wrong(
        "sigmoid_after_length",
        "`channel` has a sigmoid behind it.",
        "The second kind only normalises the length; it may be negative.",
        "Return the scores divided by their length.",
        (
            "scores / keras.ops.sqrt(squares + 1e-6)",
            "keras.ops.sigmoid(scores / keras.ops.sqrt(squares + 1e-6))",
        ),
    ),
    wrong(
        "channel_softmax",
        "`channel` is a softmax over the channels.",
        "A softmax makes the sum 1; the paper makes the *length* 1, and keeps the signs.",
        "Divide by the root of the sum of squares.",
        ("scores / keras.ops.sqrt(squares + 1e-6)", "keras.ops.softmax(scores, axis=-1)"),
    ),
    wrong(
        "absolute_channel",
        "`channel` has lost its signs.",
        "Scores are divided by a length; a negative score stays negative.",
        "Divide the scores themselves.",
        (
            "scores / keras.ops.sqrt(squares + 1e-6)",
            "keras.ops.absolute(scores / keras.ops.sqrt(squares + 1e-6))",
        ),
    ),
    wrong(
        "centred_channel",
        "`channel` subtracts the mean of the channels first.",
        "Nothing is subtracted in this kind.",
        "Divide the scores by their length.",
        (
            "squares = keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)",
            (
                "scores = scores - keras.ops.mean(scores, axis=-1, keepdims=True)\n"
                "        squares = keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)"
            ),
        ),
    ),
    wrong(
        "squeeze_excite",
        "`channel` is a gate per channel, from the mean over the positions.",
        "That is squeeze-and-excitation. The paper's second kind has a number for each position, too.",
        "Divide by the length over the channels, at each position.",
        (
            "scores / keras.ops.sqrt(squares + 1e-6)",
            "keras.ops.sigmoid(keras.ops.mean(scores, axis=(1, 2), keepdims=True)) + 0 * scores",
        ),
    ),
    wrong(
        "unprotected_channel",
        "`channel` divides by zero where all channels are 0.",
        "0 / 0 is NaN, and one NaN spoils the whole training.",
        "Add a very small number under the root.",
        ("scores / keras.ops.sqrt(squares + 1e-6)", "scores / keras.ops.sqrt(squares)"),
    ),
    wrong(
        "unprotected_spatial",
        "`spatial` divides by zero where a map is flat.",
        "0 / 0 is NaN, and one NaN spoils the whole training.",
        "Add a very small number under the root.",
        ("(scores - mean) / keras.ops.sqrt(variance + 1e-6)", "(scores - mean) / keras.ops.sqrt(variance)"),
    ),
    wrong(
        "unprotected",
        "Both divisions divide by zero where all scores are 0.",
        "0 / 0 is NaN, and one NaN spoils the whole training.",
        "Add a very small number under each root.",
        (" + 1e-6", ""),
    ),
    wrong(
        "variance_for_deviation",
        "`spatial` divides by the variance.",
        "Then twice the scores give half the contrast.",
        "Take the root of the variance.",
        ("(scores - mean) / keras.ops.sqrt(variance + 1e-6)", "(scores - mean) / (variance + 1e-6)"),
    ),
    wrong(
        "not_centred",
        "`spatial` does not subtract the mean.",
        "Standardised means: mean 0 and deviation 1.",
        "Subtract the mean before you divide.",
        ("(scores - mean) / keras.ops.sqrt(variance + 1e-6)", "scores / keras.ops.sqrt(variance + 1e-6)"),
    ),
    wrong(
        "only_centred",
        "`spatial` does not divide by the deviation.",
        "Standardised means: mean 0 and deviation 1.",
        "Divide by the deviation.",
        ("(scores - mean) / keras.ops.sqrt(variance + 1e-6)", "scores - mean"),
    ),
    wrong(
        "standardised_over_channels",
        "`spatial` takes mean and deviation over the channels.",
        "In this kind the positions of one channel compete.",
        "Take mean and deviation over axes 1 and 2: height and width.",
        (
            "keras.ops.mean(scores, axis=(1, 2), keepdims=True)",
            "keras.ops.mean(scores, axis=-1, keepdims=True)",
        ),
        (
            "keras.ops.var(scores, axis=(1, 2), keepdims=True)",
            "keras.ops.var(scores, axis=-1, keepdims=True)",
        ),
    ),
    wrong(
        "standardised_over_batch",
        "`spatial` takes mean and deviation over the batch as well.",
        "Images have nothing to do with each other: each map has its own mean.",
        "Take mean and deviation over axes 1 and 2: height and width.",
        (
            "keras.ops.mean(scores, axis=(1, 2), keepdims=True)",
            "keras.ops.mean(scores, axis=(0, 1, 2), keepdims=True)",
        ),
        (
            "keras.ops.var(scores, axis=(1, 2), keepdims=True)",
            "keras.ops.var(scores, axis=(0, 1, 2), keepdims=True)",
        ),
    ),
    wrong(
        "standardised_over_all",
        "`spatial` takes one mean and deviation for all channels of an image.",
        "Every channel has a map of its own.",
        "Take mean and deviation over axes 1 and 2: height and width.",
        (
            "keras.ops.mean(scores, axis=(1, 2), keepdims=True)",
            "keras.ops.mean(scores, axis=(1, 2, 3), keepdims=True)",
        ),
        (
            "keras.ops.var(scores, axis=(1, 2), keepdims=True)",
            "keras.ops.var(scores, axis=(1, 2, 3), keepdims=True)",
        ),
    ),
    wrong(
        "standardised_over_rows",
        "`spatial` takes mean and deviation over one axis only.",
        "A map has rows and columns.",
        "Take mean and deviation over axes 1 and 2: height and width.",
        (
            "keras.ops.mean(scores, axis=(1, 2), keepdims=True)",
            "keras.ops.mean(scores, axis=1, keepdims=True)",
        ),
        ("keras.ops.var(scores, axis=(1, 2), keepdims=True)", "keras.ops.var(scores, axis=1, keepdims=True)"),
    ),
    wrong(
        "batch_norm",
        "`spatial` is the mixed mask, or standardises by batch normalisation.",
        "Batch normalisation uses running averages once trained; a fresh one changes nothing.",
        "Take mean and deviation over axes 1 and 2: height and width.",
        (
            "(scores - mean) / keras.ops.sqrt(variance + 1e-6)",
            'layers.BatchNormalization(name=name + "_norm")(scores)',
        ),
    ),
    wrong(
        "spatial_softmax",
        "`spatial` is a softmax over the positions.",
        "The weights of a map would add up to 1. The paper standardises, and takes a sigmoid.",
        "Subtract the mean, divide by the deviation, sigmoid.",
        (
            "scores = (scores - mean) / keras.ops.sqrt(variance + 1e-6)",
            "return keras.ops.softmax(scores, axis=(1, 2))",
        ),
    ),
    wrong(
        "lowest_to_highest",
        "`spatial` stretches each map from its lowest to its highest value.",
        "Then there is always a 0 and a 1. The paper standardises.",
        "Subtract the mean, divide by the deviation, sigmoid.",
        (
            "scores = (scores - mean) / keras.ops.sqrt(variance + 1e-6)",
            (
                "low = keras.ops.min(scores, axis=(1, 2), keepdims=True)\n"
                "        high = keras.ops.max(scores, axis=(1, 2), keepdims=True)\n"
                "        return (scores - low) / (high - low + 1e-6)"
            ),
        ),
    ),
    wrong(
        "kinds_exchanged",
        "`channel` and `spatial` have changed places.",
        "`channel` normalises over the channels of a position, `spatial` over the positions of a channel.",
        "Exchange the two.",
        ('if activation == "channel":', 'if activation == "SPATIAL":'),
        ('if activation == "spatial":', 'if activation == "channel":'),
        ('"SPATIAL"', '"spatial"'),
    ),
    wrong(
        "always_mixed",
        "`activation` is not used.",
        "There are three kinds.",
        "Look at `activation`, and return the mask of that kind.",
        ('if activation == "channel":', "if False:"),
        ('if activation == "spatial":', "if False:"),
    ),
    wrong(
        "no_channel",
        "`channel` gives the mixed mask.",
        "It divides the scores by their length over the channels.",
        "Compare `activation` with the word `channel`.",
        ('if activation == "channel":', 'if activation == "channels":'),
    ),
    wrong(
        "large_constant",
        "A large number is added under the roots.",
        "Then short vectors and flat maps are not normalised at all.",
        "Add a very small number, such as 1e-6.",
        ("1e-6", "100.0"),
    ),
    wrong(
        "same_name",
        "The name of a layer does not come from `name`.",
        "The second mask in a model would have the same name, which Keras refuses.",
        'Use `name + "_mask"`, or the like.',
        (
            'layers.Activation("sigmoid", name=name + "_mask")(scores)',
            'layers.Rescaling(1.0, name="mask")(keras.ops.sigmoid(scores))',
        ),
    ),
)

# Right answers that give other numbers.
VARIANTS = (
    variant(
        "unbiased",
        (
            "scores = (scores - mean) / keras.ops.sqrt(variance + 1e-6)",
            (
                "variance = variance * (scores.shape[1] * scores.shape[2] / "
                "(scores.shape[1] * scores.shape[2] - 1))\n"
                "        scores = (scores - mean) / keras.ops.sqrt(variance + 1e-6)"
            ),
        ),
    ),
)
