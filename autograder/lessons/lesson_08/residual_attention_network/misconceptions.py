"""Misconceptions in `residual_attention_network`: stages of attention modules, three units and a softmax."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "halves_at_once",
        "The first stage halves the size as well.",
        "The first stage keeps the size of what comes in.",
        "Give the first stage strides of 1.",
        ("1 if number == 0 else 2", "2"),
    ),
    wrong(
        "never_halves",
        "The stages do not halve the size.",
        "The later stages are wider, and would cost four to sixteen times as much on full-size maps.",
        "Give every stage but the first strides of 2.",
        ("1 if number == 0 else 2", "1"),
    ),
    wrong(
        "halves_first_only",
        "The first stage halves the size, and the others do not.",
        "It is the other way round: the first stage keeps the size of what comes in.",
        "Give every stage but the first strides of 2.",
        ("1 if number == 0 else 2", "2 if number == 0 else 1"),
    ),
    wrong(
        "one_width",
        "All stages have the same width.",
        "Each stage has twice the channels of the one before.",
        "Multiply `filters` by 2 for each stage.",
        ("filters * 2**number", "filters"),
    ),
    wrong(
        "widths_grow_by_filters",
        "The widths grow by `filters` with each stage, not twofold.",
        "The third stage would have three times the channels of the first; the table says four times.",
        "Double the width from stage to stage.",
        ("filters * 2**number", "filters * (number + 1)"),
    ),
    wrong(
        "doubles_at_once",
        "The first stage already has twice `filters` channels.",
        "`filters` are the channels of the first stage.",
        "Double only from the second stage on.",
        ("filters * 2**number", "filters * 2 ** (number + 1)"),
    ),
    wrong(
        "quadruples",
        "Each stage has four times the channels of the one before.",
        "256, 512 and 1024 are steps of two.",
        "Double the width from stage to stage.",
        ("2**number", "4**number"),
    ),
    wrong(
        "modules_backwards",
        "The numbers of modules are taken from the last to the first.",
        "The first number belongs to the first stage, which has the largest maps.",
        "Take `modules` in their order.",
        ("enumerate(modules)", "enumerate(modules[::-1])"),
    ),
    wrong(
        "one_module_each",
        "Every stage gets one module.",
        "Each stage has its own entry of `modules`.",
        "Hand the stage's number of modules on.",
        ("2, many,", "2, 1,"),
    ),
    wrong(
        "stages_without_modules_left_out",
        "A stage without modules is left out.",
        "It still has its unit, which widens and halves.",
        "Call `stage` for every entry of `modules`, 0 as well.",
        (
            (
                "        x = stage(x, filters * 2**number, 1 if number == 0 else 2, many, "
                'f"{name}_stage{number}")'
            ),
            (
                "        if many:\n"
                "            x = stage(x, filters * 2**number, 1 if number == 0 else 2, many, "
                'f"{name}_stage{number}")'
            ),
        ),
    ),
    wrong(
        "stage_per_module",
        "A stage is made for every module.",
        "A stage has one unit and `many` modules: it repeats them itself.",
        "Call `stage` once for each entry of `modules`.",
        (
            (
                "        x = stage(x, filters * 2**number, 1 if number == 0 else 2, many, "
                'f"{name}_stage{number}")'
            ),
            (
                "        for k in range(many):\n"
                "            x = stage(x, filters * 2**number, 1 if number == 0 else 2, 1, "
                'f"{name}_stage{number}_{k}")'
            ),
        ),
    ),
    wrong(
        "three_stages",
        "There are always three stages.",
        "As many as `modules` has entries.",
        "Go through `modules`.",
        ("enumerate(modules)", "enumerate((*modules, 0, 0)[:3])"),
    ),
    wrong(
        "at_most_three_stages",
        "There are never more than three stages.",
        "As many as `modules` has entries. (`zip` stops at the end of the shorter of its lists.)",
        "Go through all of `modules`.",
        ("enumerate(modules)", "enumerate(modules[:3])"),
    ),
    wrong(
        "same_input",
        "Every stage gets the network's input, not what the stage before it made.",
        "Then all stages but the last are without effect.",
        "Store the result under the name that goes into the next stage.",
        ("    for number, many", "    first = x\n    for number, many"),
        ("x = stage(x,", "x = stage(first,"),
    ),
    wrong(
        "no_last_units",
        "The three units behind the stages are missing.",
        "The table has three units between the last module and the mean.",
        "Call `unit` three times behind the stages.",
        (
            (
                '    x = unit(x, name + "_end0", *wider)\n'
                '    x = unit(x, name + "_end1")\n'
                '    x = unit(x, name + "_end2")\n'
            ),
            "",
        ),
    ),
    wrong(
        "one_last_unit",
        "There is one unit behind the stages, and not three.",
        "Only the first of the three changes width and size, but the other two belong to the network too.",
        "Call `unit` three times.",
        ('    x = unit(x, name + "_end1")\n    x = unit(x, name + "_end2")\n', ""),
    ),
    wrong(
        "two_last_units",
        "There are two units behind the stages, and not three.",
        "The one that widens counts as the first of the three.",
        "Call `unit` three times.",
        ('    x = unit(x, name + "_end2")\n', ""),
    ),
    wrong(
        "four_last_units",
        "There are four units behind the stages, and not three.",
        "The one that widens counts as the first of the three.",
        "Call `unit` three times.",
        (
            '    x = unit(x, name + "_end2")\n',
            '    x = unit(x, name + "_end2")\n    x = unit(x, name + "_end3")\n',
        ),
    ),
    wrong(
        "all_three_widen",
        "All three last units widen and halve.",
        "From 14 × 14 only the first goes on to 7 × 7; the mean is taken there.",
        "Give channels and strides to the first of them only.",
        (
            '    x = unit(x, name + "_end1")\n',
            '    x = unit(x, name + "_end1", *((2 * x.shape[-1], 2) if widen else ()))\n',
        ),
        (
            '    x = unit(x, name + "_end2")\n',
            '    x = unit(x, name + "_end2", *((2 * x.shape[-1], 2) if widen else ()))\n',
        ),
    ),
    wrong(
        "last_one_widens",
        "The last of the three units widens, not the first.",
        "All three work on the smaller map, and on the wider one.",
        "Give channels and strides to the first of them.",
        ('    x = unit(x, name + "_end0", *wider)\n', '    x = unit(x, name + "_end0")\n'),
        ('    x = unit(x, name + "_end2")\n', '    x = unit(x, name + "_end2", *wider)\n'),
    ),
    wrong(
        "always_widens",
        "`widen` is not used.",
        "Without it, the last units keep channels and size.",
        "Widen only if `widen` is true.",
        ("wider = (2 * x.shape[-1], 2) if widen else ()", "wider = (2 * x.shape[-1], 2)"),
    ),
    wrong(
        "never_widens",
        "The last units never widen.",
        "With `widen`, the first of them doubles the channels and halves the size.",
        "Give it twice the channels and strides of 2.",
        ("wider = (2 * x.shape[-1], 2) if widen else ()", "wider = ()"),
    ),
    wrong(
        "widens_without_halving",
        "The first of the last units doubles the channels and keeps the size.",
        "The table goes from 14 × 14 to 7 × 7 there.",
        "Give it strides of 2 as well.",
        ("(2 * x.shape[-1], 2)", "(2 * x.shape[-1], 1)"),
    ),
    wrong(
        "halves_without_widening",
        "The first of the last units halves the size and keeps the channels.",
        "The table goes from 1024 to 2048 channels there.",
        "Give it twice the channels.",
        ("(2 * x.shape[-1], 2)", "(x.shape[-1], 2)"),
    ),
    wrong(
        "halves_when_narrow",
        "Without widening, the size is halved all the same.",
        "With `widen=False` the three units keep channels and size.",
        "Leave the strides at 1 then.",
        ("if widen else ()", "if widen else (x.shape[-1], 2)"),
    ),
    wrong(
        "no_norm",
        "The batch normalisation at the end is missing.",
        "A pre-activation unit ends with a sum. Nothing has normalised it yet.",
        "Normalise before the last ReLU.",
        ('    x = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(x)\n', ""),
    ),
    wrong(
        "no_relu",
        "The ReLU at the end is missing.",
        "A pre-activation unit ends with a sum. Normalisation and ReLU follow it.",
        "Put a ReLU between the normalisation and the mean.",
        ('    x = layers.ReLU(name=name + "_relu")(x)\n', ""),
    ),
    wrong(
        "relu_before_norm",
        "The ReLU comes before the normalisation.",
        "Pre-activation means: normalise, then ReLU.",
        "Exchange the two.",
        (
            (
                '    x = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(x)\n'
                '    x = layers.ReLU(name=name + "_relu")(x)\n'
            ),
            (
                '    x = layers.ReLU(name=name + "_relu")(x)\n'
                '    x = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(x)\n'
            ),
        ),
    ),
    wrong(
        "norm_after_mean",
        "Normalisation and ReLU come after the mean.",
        "The mean is taken of what the ReLU has let through.",
        "Normalise, ReLU, and only then the mean.",
        (
            (
                '    x = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(x)\n'
                '    x = layers.ReLU(name=name + "_relu")(x)\n'
                '    pooled = layers.GlobalAveragePooling2D(name=name + "_mean")(x)'
            ),
            (
                '    x = layers.GlobalAveragePooling2D(name=name + "_mean")(x)\n'
                '    x = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(x)\n'
                '    x = layers.ReLU(name=name + "_relu")(x)\n'
                "    pooled = x"
            ),
        ),
    ),
    wrong(
        "flattens",
        "The map is flattened, not averaged.",
        "Then the dense layer has weights for every position, and the count is not the paper's.",
        "Take the mean over all positions.",
        (
            '    pooled = layers.GlobalAveragePooling2D(name=name + "_mean")(x)',
            "    pooled = layers.Flatten()(x)",
        ),
    ),
    wrong(
        "maximum",
        "The largest value of each channel is taken, not the mean.",
        "The table says: mean over all positions.",
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
        "Exactly one class is right, so that the classes compete: their probabilities add up to 1.",
        "Use a softmax for the classes. The sigmoid is for masks.",
        ('activation="softmax"', 'activation="sigmoid"'),
    ),
    wrong(
        "thousand_classes",
        "The number of classes is always 1000.",
        "It is an argument.",
        "Give the dense layer `classes` units.",
        ("layers.Dense(classes,", "layers.Dense(1000,"),
    ),
    wrong(
        "fixed_name",
        "The layer names do not come from `name`.",
        "The second network in a model would have the same names as the first, which Keras refuses.",
        'Build every name from `name`, such as `name + "_norm"`.',
        ('name=name + "_norm"', 'name="norm"'),
    ),
    wrong(
        "one_name",
        "All stages have the same name.",
        "Keras refuses two layers of one name in a model.",
        "Put the number of the stage into its name.",
        ("_stage{number}", "_stage"),
    ),
)
