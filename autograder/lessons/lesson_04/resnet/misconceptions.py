"""Misconceptions in `resnet`: stages of blocks, then the mean over all positions and a softmax."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "halves_at_once",
        "The first stage halves the size as well.",
        "The first stage keeps the size of what comes in.",
        "Leave the strides of the first stage at 1.",
        ("strides = 2 if stage > 0 and unit == 0 else 1", "strides = 2 if unit == 0 else 1"),
    ),
    wrong(
        "halves_every_block",
        "Every block of a later stage halves the size.",
        "Only the step from one stage to the next makes the map smaller.",
        "Give `strides=2` to the first block of a stage only.",
        ("strides = 2 if stage > 0 and unit == 0 else 1", "strides = 2 if stage > 0 else 1"),
    ),
    wrong(
        "never_halves",
        "The size is never halved.",
        "The later stages are wider, and would cost four to sixteen times as much on full-size maps.",
        "Give `strides=2` to the first block of every stage but the first.",
        ("strides = 2 if stage > 0 and unit == 0 else 1", "strides = 1"),
    ),
    wrong(
        "halves_at_the_end",
        "The last block of a stage halves the size, not the first of the next.",
        "The new stage begins with the smaller map; the old one keeps its own to the end.",
        "Give `strides=2` to the first block of every stage but the first.",
        (
            "strides = 2 if stage > 0 and unit == 0 else 1",
            "strides = 2 if stage < len(widths) - 1 and unit == repeats - 1 else 1",
        ),
    ),
    wrong(
        "halves_last_of_stage",
        "The last block of each later stage halves the size.",
        "The new stage begins with the smaller map.",
        "Give `strides=2` to the first block of every stage but the first.",
        (
            "strides = 2 if stage > 0 and unit == 0 else 1",
            "strides = 2 if stage > 0 and unit == repeats - 1 else 1",
        ),
    ),
    wrong(
        "one_block_short",
        "Every stage is one block short.",
        "`units` says how many blocks there are, the first one included.",
        "Go through `range(units of the stage)`.",
        ("range(repeats)", "range(max(1, repeats - 1))"),
    ),
    wrong(
        "one_block_more",
        "Every stage has one block too many.",
        "`units` says how many blocks there are, the first one included.",
        "Go through `range(units of the stage)`.",
        ("range(repeats)", "range(repeats + 1)"),
    ),
    wrong(
        "one_block_per_stage",
        "Every stage has one block only.",
        "`units` says how many there are.",
        "Go through `range(units of the stage)` inside each stage.",
        ("range(repeats)", "range(1)"),
    ),
    wrong(
        "one_width",
        "All stages have the same width.",
        "Each stage has its own entry of `widths`.",
        "Hand the width of the stage on to `block`.",
        ("x = block(x, width,", "x = block(x, widths[0],"),
    ),
    wrong(
        "widths_backwards",
        "The widths are taken from the last to the first.",
        "A network gets wider as its maps get smaller.",
        "Take `widths` in their order.",
        ("zip(widths, units, strict=True)", "zip(widths[::-1], units, strict=True)"),
    ),
    wrong(
        "units_backwards",
        "The numbers of blocks are taken from the last to the first.",
        "`units` and `widths` go together, stage by stage.",
        "Take `units` in their order.",
        ("zip(widths, units, strict=True)", "zip(widths, units[::-1], strict=True)"),
    ),
    wrong(
        "own_block",
        "A block of your own is used in place of the one that is handed in.",
        "The network should work with any block: the plain one, the residual one, the one with SE.",
        "Call `block`.",
        ("x = block(x, width,", "x = residual_block(x, width,"),
    ),
    wrong(
        "mean_of_probabilities",
        "Every position gets probabilities of its own, and these are averaged.",
        "The softmax belongs behind the mean: first one number per channel, then one per class.",
        "Average over the positions, then the dense layer with its softmax.",
        ('    pooled = layers.GlobalAveragePooling2D(name=name + "_mean")(x)  # (N, widths[-1])\n', ""),
        (
            'return layers.Dense(classes, activation="softmax", name=name + "_classes")(pooled)',
            (
                "return layers.GlobalAveragePooling2D()"
                '(layers.Dense(classes, activation="softmax", name=name + "_classes")(x))'
            ),
        ),
    ),
    wrong(
        "softmax_twice",
        "There are two softmaxes, one behind the other.",
        "The second one gets probabilities already, all between 0 and 1: its outputs are nearly the same.",
        "Use one softmax, in the dense layer.",
        (
            'return layers.Dense(classes, activation="softmax", name=name + "_classes")(pooled)',
            (
                'return layers.Softmax()(layers.Dense(classes, activation="softmax", name=name + "_classes")'
                "(pooled))"
            ),
        ),
    ),
    wrong(
        "hidden_layer",
        "There is a second dense layer.",
        "Behind the mean one dense layer is enough; the convolutions have done the rest.",
        "Put the layer with `classes` units right behind the mean.",
        (
            'layers.Dense(classes, activation="softmax", name=name + "_classes")(pooled)',
            (
                'layers.Dense(classes, activation="softmax", name=name + "_classes")'
                '(layers.Dense(32, activation="relu", name=name + "_more")(pooled))'
            ),
        ),
    ),
    wrong(
        "relu_before_classes",
        "There is a ReLU in the last layer, before the softmax.",
        "Every negative score becomes 0, and all classes below it look alike.",
        "Let the softmax have the scores as they are.",
        (
            'return layers.Dense(classes, activation="softmax", name=name + "_classes")(pooled)',
            (
                'return layers.Softmax()(layers.Dense(classes, activation="relu", name=name + "_classes")'
                "(pooled))"
            ),
        ),
    ),
    wrong(
        "flattens",
        "The map is flattened, not averaged.",
        "Then the dense layer has weights for every position, and most of the network's parameters.",
        "Take the mean over all positions.",
        ('pooled = layers.GlobalAveragePooling2D(name=name + "_mean")(x)', "pooled = layers.Flatten()(x)"),
    ),
    wrong(
        "maximum",
        "The largest value of each channel is taken, not the mean.",
        "Residual networks average over all positions.",
        "Use the global *average* pooling.",
        ("GlobalAveragePooling2D", "GlobalMaxPooling2D"),
    ),
    wrong(
        "no_softmax",
        "The dense layer has no softmax.",
        "Its outputs can be any numbers; probabilities add up to 1.",
        'Use `activation="softmax"`.',
        ('activation="softmax", ', ""),
    ),
    wrong(
        "sigmoid_classes",
        "The classes have a sigmoid each.",
        "Here exactly one class is right, so that the classes do compete: their probabilities add up to 1.",
        "Use a softmax for the classes. The sigmoid is for gates.",
        ('activation="softmax"', 'activation="sigmoid"'),
    ),
    wrong(
        "ten_classes",
        "The number of classes is always 10.",
        "It is an argument.",
        "Give the dense layer `classes` units.",
        ("layers.Dense(classes,", "layers.Dense(10,"),
    ),
    wrong(
        "same_input",
        "Every block gets the network's input, not what the block before it made.",
        "Then all blocks but the last are without effect.",
        "Store the result under the name that goes into the next block.",
        ("    for stage, (", "    first = x\n    for stage, ("),
        ("x = block(x, width", "x = block(first, width"),
    ),
    wrong(
        "no_classes",
        "The dense layer is missing.",
        "The mean gives one number per channel, not one per class.",
        "Put a dense layer with `classes` units and a softmax behind the mean.",
        (
            'layers.Dense(classes, activation="softmax", name=name + "_classes")(pooled)',
            "layers.Softmax()(pooled)",
        ),
    ),
    wrong(
        "halves_where_it_widens",
        "The size is halved where the width changes, not where a stage begins.",
        "Two stages may have the same width.",
        "Go by the number of the stage.",
        (
            "strides = 2 if stage > 0 and unit == 0 else 1",
            "strides = 2 if unit == 0 and stage > 0 and width != widths[stage - 1] else 1",
        ),
    ),
    wrong(
        "named_by_width",
        "The names of the blocks hold the width, not the number of the stage.",
        "Two stages may have the same width. Inside one model every layer name must be different.",
        "Put stage and unit into the name of the block.",
        ('f"{name}_stage{stage}_block{unit}"', 'f"{name}_width{width}_block{unit}"'),
    ),
    wrong(
        "same_names",
        "Two blocks get the same name.",
        "Inside one model every layer name must be different.",
        "Put stage and unit into the name of the block.",
        ('f"{name}_stage{stage}_block{unit}"', 'f"{name}_stage{stage}"'),
    ),
    wrong(
        "fixed_name",
        "The names do not come from `name`.",
        "A second network in the same model would have the same names, which Keras refuses.",
        "Begin every name with `name`.",
        ('f"{name}_stage{stage}_block{unit}"', 'f"stage{stage}_block{unit}"'),
    ),
    wrong(
        "no_name",
        "The dense layer has no name of yours.",
        "Keras makes up a name such as `dense_7`, and nobody can find the layer again.",
        "Give it `name=` and build it from `name`.",
        (', name=name + "_classes"', ""),
    ),
    wrong(
        "normalised_again",
        "There is a batch normalisation that the equation has not.",
        "It has numbers of its own to learn, and undoes the scale that the equation gives.",
        "Let the blocks do their own; the mean follows the last of them.",
        (
            'pooled = layers.GlobalAveragePooling2D(name=name + "_mean")(x)',
            (
                'pooled = layers.GlobalAveragePooling2D(name=name + "_mean")'
                '(layers.BatchNormalization(name=name + "_norm")(x))'
            ),
        ),
    ),
)
