"""Misconceptions in `cbam_channel_attention`: gates of the channels, from their means and maxima."""

from autograder.keys.misconceptions import variant, wrong

MISCONCEPTIONS = (
    wrong(
        "two_networks",
        "Each summary has a network of its own.",
        "CBAM has one network that reads both summaries; two cost twice as much.",
        "Make the two dense layers once, and call them twice.",
        (
            "[wide(narrow(average)), wide(narrow(largest))]",
            (
                '[wide(narrow(average)), layers.Dense(x.shape[-1], name=name + "_wide2")'
                '(layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow2")'
                "(largest))]"
            ),
        ),
    ),
    # The same in another order of the graph.
    wrong(
        "two_networks_summed",
        "Each summary has a network of its own.",
        "CBAM has one network that reads both summaries; two cost twice as much.",
        "Make the two dense layers once, and call them twice.",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            (
                'sum([wide(narrow(average)), layers.Dense(x.shape[-1], name=name + "_wide2")'
                '(layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow2")'
                "(largest))])"
            ),
        ),
    ),
    wrong(
        "own_narrow_layers",
        "The narrow layer is shared by the two summaries, the wide one is not.",
        "Both layers belong to the one network.",
        "Make one wide layer, and call it twice.",
        (
            "[wide(narrow(average)), wide(narrow(largest))]",
            '[wide(narrow(average)), layers.Dense(x.shape[-1], name=name + "_wide2")(narrow(largest))]',
        ),
    ),
    wrong(
        "pools_added_first",
        "The two summaries are added before the network.",
        "The ReLU inside makes a difference: the network of a sum is not the sum of what the network gives.",
        "Send each summary through the network, then add.",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            "wide(narrow(average + largest))",
        ),
    ),
    wrong(
        "mean_of_pools",
        "The network sees the mean of the two summaries.",
        "Then it cannot tell a channel that is high everywhere from one with a single peak.",
        "Send each summary through the network, then add.",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            "wide(narrow((average + largest) / 2))",
        ),
    ),
    wrong(
        "pools_joined",
        "The two summaries are joined to one vector of 2 C numbers.",
        "That is a wider network, which reads both at once. CBAM's reads C numbers, twice.",
        "Call the same layers once for each summary.",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            "wide(narrow(ops.concatenate([average, largest], axis=-1)))",
        ),
    ),
    wrong(
        "two_sigmoids",
        "There is a sigmoid for each summary, and they are added.",
        "Then a gate can be as large as 2.",
        "Add the two scores first; one sigmoid follows.",
        (
            'layers.Activation("sigmoid", name=name + "_gates")(total)',
            "ops.sigmoid(wide(narrow(average))) + ops.sigmoid(wide(narrow(largest)))",
        ),
    ),
    wrong(
        "mean_of_sigmoids",
        "There is a sigmoid for each summary, and their mean is taken.",
        "Then one summary alone can never close a gate below one half.",
        "Add the two scores first; one sigmoid follows.",
        (
            'layers.Activation("sigmoid", name=name + "_gates")(total)',
            "(ops.sigmoid(wide(narrow(average))) + ops.sigmoid(wide(narrow(largest)))) / 2",
        ),
    ),
    wrong(
        "product_of_sigmoids",
        "There is a sigmoid for each summary, and they are multiplied.",
        "The equation adds the scores before the sigmoid.",
        "Add the two scores first; one sigmoid follows.",
        (
            'layers.Activation("sigmoid", name=name + "_gates")(total)',
            "ops.sigmoid(wide(narrow(average))) * ops.sigmoid(wide(narrow(largest)))",
        ),
    ),
    wrong(
        "larger_score",
        "The larger of the two scores is taken, not their sum.",
        "Both summaries have a say in every gate.",
        "Add the two scores.",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            "ops.maximum(wide(narrow(average)), wide(narrow(largest)))",
        ),
    ),
    wrong(
        "product_of_scores",
        "The two scores are multiplied.",
        "Two negative scores would then open a gate.",
        "Add the two scores.",
        ('layers.Add(name=name + "_total")', 'layers.Multiply(name=name + "_total")'),
    ),
    wrong(
        "mean_of_scores",
        "The mean of the two scores is taken, not their sum.",
        "The equation adds them.",
        "Leave out the division by two.",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))]) / 2',
        ),
    ),
    wrong(
        "difference",
        "The score of the maximum is taken away from that of the average.",
        "The equation adds them.",
        "Add the two scores.",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            "wide(narrow(average)) - wide(narrow(largest))",
        ),
    ),
    wrong(
        "average_alone",
        "The maximum is not used.",
        "With the average alone it is squeeze-and-excitation; a single strong answer is lost in the mean.",
        "Send the maximum through the same two layers, and add.",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            "wide(narrow(average))",
        ),
    ),
    wrong(
        "maximum_alone",
        "The average is not used.",
        "The maximum sees one position of each channel and nothing of the others.",
        "Send the average through the same two layers, and add.",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            "wide(narrow(largest))",
        ),
    ),
    wrong(
        "average_twice",
        "Both summaries are the average.",
        "The second should be the largest value of each channel.",
        "Use `GlobalMaxPooling2D` for one of the two.",
        (
            'layers.GlobalMaxPooling2D(keepdims=True, name=name + "_largest")(x)',
            'layers.GlobalAveragePooling2D(keepdims=True, name=name + "_largest")(x)',
        ),
    ),
    wrong(
        "maximum_twice",
        "Both summaries are the maximum.",
        "The first should be the mean of each channel.",
        "Use `GlobalAveragePooling2D` for one of the two.",
        (
            'layers.GlobalAveragePooling2D(keepdims=True, name=name + "_average")(x)',
            'layers.GlobalMaxPooling2D(keepdims=True, name=name + "_average")(x)',
        ),
    ),
    wrong(
        "sum",
        "The positions are added up, but not averaged.",
        "A sum grows with the size of the map; the mean does not.",
        "Take the mean.",
        (
            'layers.GlobalAveragePooling2D(keepdims=True, name=name + "_average")(x)',
            "ops.sum(x, axis=(1, 2), keepdims=True)",
        ),
    ),
    wrong(
        "over_channels",
        "The channels are pooled away, not the positions.",
        "That is how the spatial half begins. Here one number per channel is left.",
        "Pool over axes 1 and 2.",
        (
            'layers.GlobalAveragePooling2D(keepdims=True, name=name + "_average")(x)',
            "ops.mean(x, axis=-1, keepdims=True)",
        ),
        (
            'layers.GlobalMaxPooling2D(keepdims=True, name=name + "_largest")(x)',
            "ops.max(x, axis=-1, keepdims=True)",
        ),
    ),
    wrong(
        "no_pooling",
        "Nothing is pooled: the layers run at every position.",
        "Then every position has gates of its own. One gate serves a whole channel.",
        "Pool over height and width first.",
        ('layers.GlobalAveragePooling2D(keepdims=True, name=name + "_average")(x)', "x"),
        ('layers.GlobalMaxPooling2D(keepdims=True, name=name + "_largest")(x)', "x"),
    ),
    wrong(
        "no_relu",
        "Nothing stands between the two layers.",
        "Two linear layers in a row are no more than one linear layer.",
        "Put a ReLU after the narrow layer.",
        (' activation="relu",', ""),
    ),
    wrong(
        "relu_before_sigmoid",
        "A ReLU stands before the sigmoid, so no gate is below one half.",
        "Without negative scores no channel can be turned down further than half.",
        "Leave the wide layer without an activation.",
        (
            'wide = layers.Dense(x.shape[-1], name=name + "_wide")',
            'wide = layers.Dense(x.shape[-1], activation="relu", name=name + "_wide")',
        ),
    ),
    wrong(
        "sigmoid_inside",
        "The wide layer ends with a sigmoid, and another follows the sum.",
        "Then every gate lies above one half.",
        "Leave the wide layer without an activation.",
        (
            'wide = layers.Dense(x.shape[-1], name=name + "_wide")',
            'wide = layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_wide")',
        ),
    ),
    wrong(
        "softmax",
        "The gates come from a softmax, so they add up to 1.",
        "The channels do not compete: several may be open at once, or none.",
        "Give every channel a sigmoid of its own.",
        ('layers.Activation("sigmoid", name=name + "_gates")(total)', "ops.softmax(total, axis=-1)"),
    ),
    wrong(
        "tanh",
        "The gates come from a tanh, and some are negative.",
        "A negative gate would turn a channel's sign around. A gate only opens or closes.",
        "Use a sigmoid.",
        ('layers.Activation("sigmoid", name=name + "_gates")(total)', "ops.tanh(total)"),
    ),
    wrong(
        "hard_sigmoid",
        "The gates come from a hard sigmoid.",
        "It is made of straight lines, and quite flat outside the middle. The equation has the smooth one.",
        "Use `sigmoid`.",
        ('layers.Activation("sigmoid", name=name + "_gates")(total)', "ops.hard_sigmoid(total)"),
    ),
    wrong(
        "no_sigmoid",
        "The scores are used as gates, without a sigmoid.",
        "Scores can be any number; gates lie between 0 and 1.",
        "Put a sigmoid behind the sum.",
        ('layers.Activation("sigmoid", name=name + "_gates")(total)', "total"),
    ),
    wrong(
        "no_bottleneck",
        "The hidden layer has as many units as there are channels.",
        "The bottleneck has C // r of them.",
        "Divide the channels by `reduction`.",
        ("x.shape[-1] // reduction", "x.shape[-1]"),
    ),
    wrong(
        "reduction_units",
        "The hidden layer has r units.",
        "r says how many times narrower it is than the channels.",
        "Use C // r units.",
        ("x.shape[-1] // reduction", "reduction"),
    ),
    wrong(
        "rounded_up_width",
        "The hidden width is rounded up.",
        "C // r drops the rest of the division: 17 channels with r = 6 leave 2 units.",
        "Use `//` on the channels.",
        ("x.shape[-1] // reduction", "-(-x.shape[-1] // reduction)"),
    ),
    wrong(
        "fixed_reduction",
        "The reduction is always 16, whatever is asked for.",
        "16 is only the default of the argument `reduction`.",
        "Divide by `reduction`.",
        ("x.shape[-1] // reduction", "max(1, x.shape[-1] // 16)"),
    ),
    wrong(
        "other_default",
        "The default of `reduction` has changed.",
        "The exercise fixes it at 16, so that blocks without the argument agree.",
        "Set the default in the `def` line back to 16.",
        ("reduction: int = 16", "reduction: int = 8"),
    ),
    wrong(
        "adds_gates",
        "The gates are added, not multiplied.",
        "To scale is to multiply: a gate of 0 has to silence its channel.",
        "Multiply the feature map by the gates.",
        ('layers.Multiply(name=name + "_scaled")', 'layers.Add(name=name + "_scaled")'),
    ),
    wrong(
        "adds_input",
        "The input is added back at the end.",
        "CBAM has no 1 + in it. The shortcut belongs to the residual block around it.",
        "Return the scaled feature map alone.",
        (
            'layers.Multiply(name=name + "_scaled")([x, gates])',
            'x + layers.Multiply(name=name + "_scaled")([x, gates])',
        ),
    ),
    wrong(
        "returns_gates",
        "The gates come back, not the feature map.",
        "The next layer expects (N, H, W, C).",
        "Multiply `x` by the gates and return that.",
        ('return layers.Multiply(name=name + "_scaled")([x, gates])', "return gates"),
    ),
    wrong(
        "scales_average",
        "The gates scale the summary, not the feature map.",
        "Pooling was only the way to the gates.",
        "Multiply `x` by the gates.",
        ("[x, gates]", "[average, gates]"),
    ),
    wrong(
        "inverted",
        "The feature map is multiplied by 1 minus the gates.",
        "A gate near 1 should leave its channel open.",
        "Multiply by the gates themselves.",
        (
            'layers.Activation("sigmoid", name=name + "_gates")(total)',
            '1 - layers.Activation("sigmoid", name=name + "_gates")(total)',
        ),
    ),
    wrong(
        "dropout",
        "There is a dropout inside the network.",
        "Then the gates change from call to call while training; CBAM has none.",
        "Take the dropout out.",
        (
            'narrow = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow")',
            (
                'dense = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow")\n'
                "    drop = layers.Dropout(0.5)\n"
                "    narrow = lambda z: drop(dense(z))"
            ),
        ),
    ),
    wrong(
        "batch_maximum",
        "The maximum runs over the batch as well.",
        "Every image needs a summary of its own, whatever else is in the batch.",
        "Leave axis 0 out of the maximum.",
        (
            'layers.GlobalMaxPooling2D(keepdims=True, name=name + "_largest")(x)',
            "ops.max(x, axis=(0, 1, 2), keepdims=True)",
        ),
    ),
    wrong(
        "fixed_name",
        "A layer's name does not come from `name`.",
        "The second block in a model would have the same layer name as the first, which Keras refuses.",
        'Build every name from `name`, such as `name + "_wide"`.',
        ('name=name + "_wide"', 'name="wide"'),
    ),
    wrong(
        "normalised_again",
        "There is a batch normalisation that the equation has not.",
        "It has numbers of its own to learn, and undoes the scale that the equation gives.",
        "Return the map times its gates as it is.",
        (
            'layers.Multiply(name=name + "_scaled")([x, gates])',
            (
                'layers.BatchNormalization(name=name + "_norm")'
                '(layers.Multiply(name=name + "_scaled")([x, gates]))'
            ),
        ),
    ),
)

# Right answers that give other numbers.
VARIANTS = (
    variant(
        "hidden_added",
        (
            'layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])',
            "wide(narrow(average) + narrow(largest))",
        ),
    ),
)
