"""Misconceptions in `se_inception_block`: three branches side by side, and attention on the joined map."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "gate_per_branch",
        "Every branch has a gate of its own.",
        "Then no gate knows the channels of the other branches, and there are three blocks to pay for.",
        "Join the branches first, then apply `attention` once.",
        (
            "[point, square, pooled]",
            '[attention(b, f"{name}_se{i}") for i, b in enumerate((point, square, pooled))]',
        ),
        ('return attention(joined, name + "_se")', "return joined"),
    ),
    wrong(
        "gate_on_input",
        "The gate is on the input of the module.",
        "It weighs what goes in; SE-Inception weighs what comes out.",
        "Apply `attention` to the joined map.",
        (
            'point = conv_norm(x, widths[0], 1, name=name + "_point", relu=True)',
            (
                'x = attention(x, name + "_se")\n'
                '    point = conv_norm(x, widths[0], 1, name=name + "_point", relu=True)'
            ),
        ),
        ('return attention(joined, name + "_se")', "return joined"),
    ),
    wrong(
        "gate_on_first_branch",
        "Only the first branch goes through the gate.",
        "The gate of a channel should know all channels, and scale all of them.",
        "Apply `attention` to the joined map.",
        ("[point, square, pooled]", '[attention(point, name + "_se"), square, pooled]'),
        ('return attention(joined, name + "_se")', "return joined"),
    ),
    wrong(
        "no_attention",
        "`attention` is never used.",
        "That is an Inception module without a gate.",
        "Apply `attention` to the joined map.",
        ('return attention(joined, name + "_se")', "return joined"),
    ),
    wrong(
        "twice",
        "The gate is applied twice.",
        "The joined map is scaled once.",
        "Call `attention` once.",
        (
            'return attention(joined, name + "_se")',
            'return attention(attention(joined, name + "_se"), name + "_se2")',
        ),
    ),
    wrong(
        "adds_input",
        "The input is added to the joined map.",
        "An Inception module has no shortcut.",
        "Return what `attention` gives.",
        ('return attention(joined, name + "_se")', 'return joined + attention(joined, name + "_se")'),
    ),
    wrong(
        "relu_at_the_end",
        "The branches end without a ReLU, and one follows the gate.",
        "Each convolution has its own ReLU; the gate comes last.",
        "Give each `conv_norm` `relu=True`, and return what `attention` gives.",
        (", relu=True", ""),
        ('return attention(joined, name + "_se")', 'return layers.ReLU()(attention(joined, name + "_se"))'),
    ),
    wrong(
        "no_relu",
        "The branches end without a ReLU.",
        "Every convolution here is followed by a normalisation and a ReLU.",
        "Give each `conv_norm` `relu=True`.",
        (", relu=True", ""),
    ),
    wrong(
        "average_pool",
        "The pooling branch averages.",
        "The exercise asks for the largest value around each position.",
        "Use `MaxPooling2D`.",
        ("MaxPooling2D", "AveragePooling2D"),
    ),
    wrong(
        "pool_shrinks",
        "The pooling branch is smaller than the others.",
        "A pooling layer moves by its own size unless it is told otherwise.",
        "Use `strides=1`.",
        ("strides=1, ", ""),
    ),
    wrong(
        "no_pool",
        "There is no pooling.",
        "The third branch would be a second 1×1 convolution of the input.",
        "Pool `x` in the third branch, then convolve.",
        ('pooled = layers.MaxPooling2D(3, strides=1, padding="same", name=name + "_pool")(x)', "pooled = x"),
    ),
    wrong(
        "small_window",
        "The pooling window is 2×2.",
        "It has no centre, so that the map moves by half a position.",
        "Use a window of 3×3.",
        ("MaxPooling2D(3,", "MaxPooling2D(2,"),
    ),
    wrong(
        "bare_pool",
        "There is no convolution behind the pooling.",
        "The pooled branch would keep all channels of the input.",
        "Put a 1×1 convolution with `widths[2]` filters behind it.",
        ('pooled = conv_norm(pooled, widths[2], 1, name=name + "_pooled", relu=True)', ""),
    ),
    wrong(
        "pool_after_convolution",
        "The pooling comes behind its convolution.",
        "The exercise pools the input first.",
        "Pool `x`, then convolve.",
        (
            'pooled = layers.MaxPooling2D(3, strides=1, padding="same", name=name + "_pool")(x)',
            'pooled = conv_norm(x, widths[2], 1, name=name + "_pooled", relu=True)',
        ),
        (
            'pooled = conv_norm(pooled, widths[2], 1, name=name + "_pooled", relu=True)',
            'pooled = layers.MaxPooling2D(3, strides=1, padding="same", name=name + "_pool")(pooled)',
        ),
    ),
    wrong(
        "in_a_row",
        "The branches are one behind the other.",
        "An Inception module looks at its input with all kernels side by side.",
        "Give every branch `x`.",
        (
            'square = conv_norm(x, widths[1], 3, name=name + "_square", relu=True)',
            'square = conv_norm(point, widths[1], 3, name=name + "_square", relu=True)',
        ),
        (
            'pooled = layers.MaxPooling2D(3, strides=1, padding="same", name=name + "_pool")(x)',
            'pooled = layers.MaxPooling2D(3, strides=1, padding="same", name=name + "_pool")(square)',
        ),
    ),
    wrong(
        "other_order",
        "The branches are joined in another order.",
        "The order is that of `widths`, so that everybody's channels mean the same.",
        "Join them as they are listed: 1×1, 3×3, pooling.",
        ("[point, square, pooled]", "[square, point, pooled]"),
    ),
    wrong(
        "one_width",
        "All branches have the same width.",
        "Each branch has its own entry of `widths`.",
        "Use `widths[0]`, `widths[1]` and `widths[2]`.",
        ("widths[1]", "widths[0]"),
        ("widths[2]", "widths[0]"),
    ),
    wrong(
        "only_points",
        "The second branch has a 1×1 kernel.",
        "Then it does not look at neighbours.",
        "Use a 3×3 kernel in the second branch.",
        ("widths[1], 3,", "widths[1], 1,"),
    ),
    wrong(
        "large_kernel",
        "The second branch has a 5×5 kernel.",
        "The exercise asks for 3×3.",
        "Use a 3×3 kernel in the second branch.",
        ("widths[1], 3,", "widths[1], 5,"),
    ),
    wrong(
        "no_norm",
        "A branch has no batch normalisation.",
        "The branches are joined: without it one of them may be much louder than the others.",
        "Use `conv_norm` in all three branches.",
        (
            'point = conv_norm(x, widths[0], 1, name=name + "_point", relu=True)',
            'point = layers.Conv2D(widths[0], 1, activation="relu", use_bias=False, name=name + "_a")(x)',
        ),
    ),
    wrong(
        "same_name",
        "`attention` gets a name that does not come from `name`.",
        "The second module in a model would have the same name, which Keras refuses.",
        'Hand on `name + "_se"`, or the like.',
        ('return attention(joined, name + "_se")', 'return attention(joined, "se")'),
    ),
)
