"""Misconceptions in `se_residual_block`: attention on the change before the input is added."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "after_addition",
        "The gate comes after the addition, before the last ReLU.",
        "Then it scales the input as well, and a closed gate closes the way past.",
        "Apply `attention` to the branch, before the addition.",
        ('y = attention(y, name + "_se")', ""),
        (
            'y = layers.Add(name=name + "_sum")([y, x])',
            'y = layers.Add(name=name + "_sum")([y, x])\n    y = attention(y, name + "_se")',
        ),
    ),
    wrong(
        "after_everything",
        "The gate comes at the very end, after the last ReLU (the paper's SE-POST).",
        "It scales the input as well. In the paper this place was the worst of the four.",
        "Apply `attention` to the branch, before the addition.",
        ('y = attention(y, name + "_se")', ""),
        (
            'return layers.ReLU(name=name + "_out")(y)',
            'return attention(layers.ReLU(name=name + "_out")(y), name + "_se")',
        ),
    ),
    wrong(
        "on_shortcut",
        "The gate is on the shortcut.",
        "The way past should let everything through; the gate weighs the change.",
        "Apply `attention` to what the second convolution gives.",
        ('y = attention(y, name + "_se")', ""),
        (
            'y = layers.Add(name=name + "_sum")([y, x])',
            'y = layers.Add(name=name + "_sum")([y, attention(x, name + "_se")])',
        ),
    ),
    wrong(
        "before_branch",
        "The gate comes before the first convolution (the paper's SE-PRE).",
        "That is a good block too, but another one: its gate weighs the input, not the change.",
        "Apply `attention` after the last normalisation of the branch.",
        ('y = attention(y, name + "_se")', ""),
        (
            'y = conv_norm(x, filters, 3, strides, name=name + "_1", relu=True)',
            'y = conv_norm(attention(x, name + "_se"), filters, 3, strides, name=name + "_1", relu=True)',
        ),
    ),
    wrong(
        "before_everything",
        "The gate comes first, and both the branch and the shortcut start behind it.",
        "Then the input is scaled on its way past.",
        "Apply `attention` after the last normalisation of the branch.",
        ('y = attention(y, name + "_se")', ""),
        (
            'y = conv_norm(x, filters, 3, strides, name=name + "_1", relu=True)',
            (
                'x = attention(x, name + "_se")\n'
                '    y = conv_norm(x, filters, 3, strides, name=name + "_1", relu=True)'
            ),
        ),
    ),
    wrong(
        "between_convolutions",
        "The gate comes between the two convolutions.",
        "It then weighs what goes into the second convolution, not the change that is added.",
        "Apply `attention` after the second convolution.",
        ('y = attention(y, name + "_se")', ""),
        (
            'y = conv_norm(y, filters, 3, name=name + "_2")',
            'y = attention(y, name + "_se")\n    y = conv_norm(y, filters, 3, name=name + "_2")',
        ),
    ),
    wrong(
        "relu_before_gate",
        "A ReLU stands between the branch and the gate.",
        "The change may be negative, and the gate should see it as it is.",
        "Leave `relu` out of the second `conv_norm`.",
        (
            'y = conv_norm(y, filters, 3, name=name + "_2")',
            'y = conv_norm(y, filters, 3, name=name + "_2", relu=True)',
        ),
    ),
    wrong(
        "relu_after_gate",
        "A ReLU stands between the gate and the addition.",
        "Then the change can never be negative, and the block can only add.",
        "Add what comes out of the gate as it is.",
        ('y = attention(y, name + "_se")', 'y = attention(y, name + "_se")\n    y = layers.ReLU()(y)'),
    ),
    wrong(
        "no_attention",
        "`attention` is never used.",
        "That is a residual block without a gate.",
        "Apply `attention` to the branch, before the addition.",
        ('y = attention(y, name + "_se")', ""),
    ),
    wrong(
        "twice",
        "The gate is applied twice.",
        "The change is scaled once.",
        "Call `attention` once.",
        (
            'y = attention(y, name + "_se")',
            'y = attention(y, name + "_se")\n    y = attention(y, name + "_se2")',
        ),
    ),
    wrong(
        "gates_in_place_of_map",
        "The branch is multiplied by what `attention` returns.",
        "`attention` returns the refined map, already scaled, not the gates.",
        "Use what `attention` returns as it is.",
        ('y = attention(y, name + "_se")', 'y = y * attention(y, name + "_se")'),
    ),
    wrong(
        "added_to_branch",
        "The branch is added to its refined self.",
        "Then no gate can ever turn the change down.",
        "Replace the branch by what `attention` returns.",
        ('y = attention(y, name + "_se")', 'y = y + attention(y, name + "_se")'),
    ),
    wrong(
        "no_shortcut",
        "The input is not added.",
        "Without the way past, the gates can silence a channel for all later layers.",
        "Add `x` after the gate.",
        ('y = layers.Add(name=name + "_sum")([y, x])', ""),
    ),
    wrong(
        "multiplies_shortcut",
        "The input and the refined branch are multiplied.",
        "An empty branch would then wipe the input out.",
        "Use `layers.Add`.",
        ('y = layers.Add(name=name + "_sum")([y, x])', 'y = layers.Multiply(name=name + "_sum")([y, x])'),
    ),
    wrong(
        "no_last_relu",
        "The last ReLU is missing.",
        "The sum can be negative, and here every block ends with a ReLU.",
        "Apply a ReLU after the addition.",
        ('return layers.ReLU(name=name + "_out")(y)', "return y"),
    ),
    wrong(
        "no_relu_between",
        "There is no ReLU between the two convolutions.",
        "Two convolutions with nothing between them are no more than one larger convolution.",
        "Give the first `conv_norm` `relu=True`.",
        (
            'y = conv_norm(x, filters, 3, strides, name=name + "_1", relu=True)',
            'y = conv_norm(x, filters, 3, strides, name=name + "_1")',
        ),
    ),
    wrong(
        "no_projection",
        "The input keeps its shape where the branch changes its own.",
        "Two maps of different size or width cannot be added.",
        "When `strides` is above 1 or the channels differ, send `x` through a 1×1 convolution first.",
        ("if strides > 1 or x.shape[-1] != filters:", "if False:"),
    ),
    wrong(
        "always_projects",
        "The projection is always there.",
        "Then an empty block does not pass on its input.",
        "Project only when the shapes differ.",
        ("if strides > 1 or x.shape[-1] != filters:", "if True:"),
    ),
    wrong(
        "projection_with_relu",
        "The projection ends with a ReLU.",
        "The way past should let negative values through.",
        "Leave `relu` out of the projection.",
        (
            'x = conv_norm(x, filters, 1, strides, name=name + "_shortcut")',
            'x = conv_norm(x, filters, 1, strides, name=name + "_shortcut", relu=True)',
        ),
    ),
    wrong(
        "gated_projection",
        "The projected shortcut goes through the gate as well.",
        "Only the change is scaled.",
        "Apply `attention` to the branch alone.",
        (
            'x = conv_norm(x, filters, 1, strides, name=name + "_shortcut")',
            (
                'x = conv_norm(x, filters, 1, strides, name=name + "_shortcut")\n'
                '        x = attention(x, name + "_se2")'
            ),
        ),
    ),
    wrong(
        "own_block",
        "A gate of your own is used in place of the one that is handed in.",
        "The block should work with any attention: SE here, CBAM in lesson 06.",
        "Call `attention`.",
        ('y = attention(y, name + "_se")', 'y = blocks.SqueezeExcitation(1, name=name + "_se")(y)'),
    ),
    wrong(
        "no_norm",
        "The branch ends without a batch normalisation.",
        "A normalisation follows each convolution, the second too; the gate comes behind it.",
        "Use `conv_norm` for both convolutions of the branch.",
        (
            'y = conv_norm(y, filters, 3, name=name + "_2")',
            'y = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_2")(y)',
        ),
    ),
    wrong(
        "gate_before_norm",
        "The gate comes between the second convolution and its normalisation.",
        "The normalisation then takes back most of what the gate has scaled.",
        "Normalise what the second convolution gives, then apply `attention`.",
        (
            'y = conv_norm(y, filters, 3, name=name + "_2")',
            'y = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_2")(y)',
        ),
        (
            'y = attention(y, name + "_se")',
            (
                'y = attention(y, name + "_se")\n'
                '    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(y)'
            ),
        ),
    ),
    wrong(
        "bare_projection",
        "The projection has no batch normalisation.",
        "A normalisation follows each convolution, the 1×1 one on the way past too.",
        "Use `conv_norm` for the projection.",
        (
            'x = conv_norm(x, filters, 1, strides, name=name + "_shortcut")',
            'x = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_shortcut")(x)',
        ),
    ),
    wrong(
        "same_name",
        "`attention` gets a name that does not come from `name`.",
        "The second block in a model would have the same name, which Keras refuses.",
        'Hand on `name + "_se"`, or the like.',
        ('y = attention(y, name + "_se")', 'y = attention(y, "se")'),
    ),
)
