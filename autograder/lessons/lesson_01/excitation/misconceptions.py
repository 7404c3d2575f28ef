"""Misconceptions in `excitation`: two dense layers that make one gate per channel."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "rounded_up_width",
        "The hidden width is rounded up.",
        "C // r drops the rest of the division: 17 channels with r = 6 leave 2 units.",
        "Use `channels // reduction`.",
        ("channels // reduction", "-(-channels // reduction)"),
    ),
    wrong(
        "learned_slope",
        "The activation between the layers learns a slope.",
        "A PReLU learns what to do below zero; the equation has a ReLU, which gives zero there.",
        "Use a plain ReLU after the narrow layer.",
        (
            'layers.Dense(channels // reduction, activation="relu", name=name + "_reduce")(z)',
            (
                "layers.PReLU(name=name + '_slope')(layers.Dense(channels // reduction, "
                'name=name + "_reduce")(z))'
            ),
        ),
    ),
    wrong(
        "no_relu",
        "Nothing stands between the two layers.",
        "Two linear layers in a row are no more than one linear layer.",
        "Put a ReLU after the narrow layer.",
        ('activation="relu", ', ""),
    ),
    wrong(
        "softmax",
        "The gates come from a softmax, so they add up to 1.",
        "The channels do not compete: several may be open at once, or none.",
        "Give every channel a sigmoid of its own.",
        ('activation="sigmoid"', 'activation="softmax"'),
    ),
    wrong(
        "no_sigmoid",
        "The last layer has no activation.",
        "Its scores can be any number; gates lie between 0 and 1.",
        "Finish with a sigmoid.",
        ('activation="sigmoid", ', ""),
    ),
    wrong(
        "swapped",
        "The two activations have changed places.",
        "The gates come out last, so the function that ends between 0 and 1 belongs there.",
        "Put the ReLU on the narrow layer and the sigmoid on the wide one.",
        ('activation="relu"', 'activation="?"'),
        ('activation="sigmoid"', 'activation="relu"'),
        ('activation="?"', 'activation="sigmoid"'),
    ),
    wrong(
        "tanh",
        "The gates come from a tanh, and some are negative.",
        "A negative gate would turn a channel's sign around. A gate only opens or closes.",
        "Use a sigmoid.",
        ('activation="sigmoid"', 'activation="tanh"'),
    ),
    wrong(
        "hard_sigmoid",
        "The gates come from a hard sigmoid.",
        "It is made of straight lines, and quite flat outside the middle. The equation has the smooth one.",
        "Use `sigmoid`.",
        ('activation="sigmoid"', 'activation="hard_sigmoid"'),
    ),
    wrong(
        "relu_gates",
        "The gates come from a ReLU.",
        "A ReLU has no upper end: a gate of 5 would be no gate.",
        "Finish with a sigmoid.",
        ('activation="sigmoid"', 'activation="relu"'),
    ),
    wrong(
        "relu_before_sigmoid",
        "A ReLU stands just before the sigmoid, so no gate is below one half.",
        "Without negative scores no channel can be turned down further than half.",
        "Use the ReLU on the narrow layer only.",
        (
            'layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden)',
            (
                'layers.Activation("sigmoid")(layers.Dense(channels, activation="relu", name=name + "_gates")'
                "(hidden))"
            ),
        ),
    ),
    wrong(
        "sigmoid_twice",
        "Both layers have a sigmoid.",
        "The narrow layer has a ReLU in the equation; a sigmoid there flattens what it has to say.",
        "Change the activation of the narrow layer.",
        ('activation="relu"', 'activation="sigmoid"'),
    ),
    wrong(
        "leaky_relu",
        "The narrow layer has a leaky ReLU.",
        "The ReLU of the equation lets nothing negative through.",
        "Use the plain ReLU.",
        ('activation="relu"', 'activation="leaky_relu"'),
    ),
    wrong(
        "narrow_gates",
        "The gates are as few as the hidden units.",
        "Every channel needs a gate, so the second layer has to go back to C.",
        "Give the last layer as many units as there are channels.",
        ("layers.Dense(channels, ", "layers.Dense(channels // reduction, "),
    ),
    wrong(
        "multiplied_width",
        "The middle is r times wider, not narrower.",
        "The hidden layer has C / r units: it has to summarise.",
        "Divide the number of channels by the reduction.",
        ("channels // reduction", "channels * reduction"),
    ),
    wrong(
        "reduction_as_width",
        "The middle has r units.",
        "The reduction says how many times narrower the middle is, not how wide.",
        "Divide the number of channels by the reduction.",
        ("channels // reduction", "reduction"),
    ),
    wrong(
        "no_bottleneck",
        "The middle is as wide as the ends.",
        "Without a narrow middle the block costs r times as much and need not summarise.",
        "Give the first layer C // r units.",
        ("channels // reduction", "channels"),
    ),
    wrong(
        "fixed_width",
        "The reduction is always 16, whatever is asked for.",
        "The function has an argument `reduction`, which should decide the width.",
        "Use `reduction` where a fixed number stands.",
        ("channels // reduction", "max(1, channels // 16)"),
    ),
    wrong(
        "float_width",
        "The width of the middle is not a whole number.",
        "`/` gives a float in Python, and no layer has 12.0 units.",
        "Divide with `//`.",
        ("channels // reduction", "channels / reduction"),
    ),
    wrong(
        "one_layer",
        "There is one layer where two are asked for.",
        "The narrow middle is missing, and with it the ReLU.",
        "Go through a layer of C // r units first.",
        (
            'hidden = layers.Dense(channels // reduction, activation="relu", name=name + "_reduce")(z)',
            "hidden = z",
        ),
    ),
    wrong(
        "shortcut",
        "The descriptor is added to the gates.",
        "The equation has no shortcut around the two layers.",
        "Return what the last layer gives, and nothing more.",
        (
            'return layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden)',
            'return layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden) + z',
        ),
    ),
    wrong(
        "doubled_gates",
        "The gates run from 0 to 2.",
        "The equation ends with the sigmoid, which stays below 1.",
        "Do not scale the sigmoid.",
        (
            'return layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden)',
            'return 2 * layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden)',
        ),
    ),
    wrong(
        "inverted",
        "The gates are upside down: 1 minus the sigmoid.",
        "A high score should open a channel, not close it.",
        "Return the sigmoid itself.",
        (
            'return layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden)',
            'return 1 - layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden)',
        ),
    ),
    wrong(
        "dropout",
        "There is a dropout inside.",
        "In training the gates change at random from call to call; the equation has no such step.",
        "Take the dropout out.",
        (
            '= layers.Dense(channels // reduction, activation="relu", name=name + "_reduce")(z)',
            (
                '= layers.Dropout(0.5, name=name + "_drop")'
                '(layers.Dense(channels // reduction, activation="relu", name=name + "_reduce")(z))'
            ),
        ),
    ),
    wrong(
        "fixed_names",
        "The layer names do not come from `name`.",
        "The second block in a model would have the same layer names as the first, which Keras refuses.",
        'Build every name from `name`, such as `name + "_hidden"`.',
        ('name + "_reduce"', '"reduce"'),
        ('name + "_gates"', '"gates"'),
    ),
    wrong(
        "no_names",
        "The layers have no name of yours.",
        "Keras makes up names such as `dense_7`, and nobody can find the layers again.",
        "Give each layer `name=` and build it from `name`.",
        (', name=name + "_reduce"', ""),
        (', name=name + "_gates"', ""),
    ),
    wrong(
        "same_name",
        "Both layers have the same name.",
        "Inside one model every layer name must be different.",
        "Add a word of its own to the name of each layer.",
        ('"_reduce"', '"_gates"'),
    ),
    wrong(
        "slash",
        "A layer name has a slash in it.",
        "Keras uses `/` for paths, so no name may hold one.",
        'Join the parts of the name with "_".',
        ('"_reduce"', '"/reduce"'),
        ('"_gates"', '"/gates"'),
    ),
)
