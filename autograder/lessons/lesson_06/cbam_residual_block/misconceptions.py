"""Misconceptions in `cbam_residual_block`: ResNet's bottleneck with attention before the input is added."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "after_addition",
        "The attention is behind the addition.",
        "There it scales everything, and the way past the layers too: an empty block would close it.",
        "Apply `attention` to the branch, before the addition.",
        ('    y = attention(y, name + "_cbam")\n', ""),
        (
            'return layers.ReLU(name=name + "_out")(y)',
            'return layers.ReLU(name=name + "_out")(attention(y, name + "_cbam"))',
        ),
    ),
    wrong(
        "after_last_relu",
        "The attention is the last thing in the block.",
        "There it scales everything, and the way past the layers too: an empty block would close it.",
        "Apply `attention` to the branch, before the addition.",
        ('    y = attention(y, name + "_cbam")\n', ""),
        (
            'return layers.ReLU(name=name + "_out")(y)',
            'return attention(layers.ReLU(name=name + "_out")(y), name + "_cbam")',
        ),
    ),
    wrong(
        "on_shortcut",
        "The attention is on the shortcut.",
        "What is added to the branch is `x` itself, at full strength.",
        "Apply `attention` to the branch.",
        ('y = attention(y, name + "_cbam")', ""),
        (
            'y = layers.Add(name=name + "_sum")([y, x])',
            'x = attention(x, name + "_cbam")\n    y = layers.Add(name=name + "_sum")([y, x])',
        ),
    ),
    wrong(
        "on_input",
        "The attention is on the input of the branch.",
        "CBAM weighs what the three convolutions have found.",
        "Apply `attention` after the last normalisation.",
        ('y = attention(y, name + "_cbam")', ""),
        (
            'y = conv_norm(x, filters, 1, name=name + "_1", relu=True)',
            'y = conv_norm(attention(x, name + "_cbam"), filters, 1, name=name + "_1", relu=True)',
        ),
    ),
    wrong(
        "after_first",
        "The attention follows the first convolution.",
        "There it sees the few channels of the middle, and the 3×3 convolution comes after it.",
        "Apply `attention` after the last normalisation.",
        ('y = attention(y, name + "_cbam")', ""),
        (
            'y = conv_norm(x, filters, 1, name=name + "_1", relu=True)',
            (
                'y = conv_norm(x, filters, 1, name=name + "_1", relu=True)\n'
                '    y = attention(y, name + "_cbam")'
            ),
        ),
    ),
    wrong(
        "in_the_middle",
        "The attention follows the 3×3 convolution.",
        "There it sees the few channels of the middle, a quarter of those that leave the branch.",
        "Apply `attention` after the last normalisation.",
        ('y = attention(y, name + "_cbam")', ""),
        (
            'y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)',
            (
                'y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)\n'
                '    y = attention(y, name + "_cbam")'
            ),
        ),
    ),
    wrong(
        "no_attention",
        "`attention` is never used.",
        "That is ResNet-50's block without CBAM.",
        "Apply `attention` to the branch, before the addition.",
        ('y = attention(y, name + "_cbam")', ""),
    ),
    wrong(
        "attends_twice",
        "The attention is applied twice.",
        "The change is refined once.",
        "Call `attention` once.",
        (
            'y = attention(y, name + "_cbam")',
            'y = attention(y, name + "_cbam")\n    y = attention(y, name + "_cbam2")',
        ),
    ),
    wrong(
        "gates_in_place_of_map",
        "The branch is multiplied by what `attention` returns.",
        "`attention` returns the refined map, already scaled, not gates.",
        "Use what `attention` returns as it is.",
        ('y = attention(y, name + "_cbam")', 'y = y * attention(y, name + "_cbam")'),
    ),
    wrong(
        "added_to_branch",
        "The branch is added to its refined self.",
        "That is BAM's 1 + M. CBAM multiplies only, so that it can turn a change off.",
        "Replace the branch by what `attention` returns.",
        ('y = attention(y, name + "_cbam")', 'y = y + attention(y, name + "_cbam")'),
    ),
    wrong(
        "relu_before_attention",
        "There is a ReLU between the last normalisation and the attention.",
        "Then the change can never be negative, and the block can only add.",
        "Leave `relu` out of the last `conv_norm`.",
        (
            'y = conv_norm(y, 4 * filters, 1, name=name + "_3")',
            'y = conv_norm(y, 4 * filters, 1, name=name + "_3", relu=True)',
        ),
    ),
    wrong(
        "relu_after_attention",
        "There is a ReLU between the attention and the addition.",
        "Then the change can never be negative, and the block can only add.",
        "Add what comes out of `attention` as it is.",
        ('y = attention(y, name + "_cbam")', 'y = attention(y, name + "_cbam")\n    y = layers.ReLU()(y)'),
    ),
    wrong(
        "relu_on_branch_alone",
        "The last ReLU is on the branch, and none follows the addition.",
        "Then the change can never be negative, and the block can only add.",
        "Leave the ReLU off the branch; apply it after the addition.",
        (
            'y = attention(y, name + "_cbam")',
            'y = attention(layers.ReLU(name=name + "_cut")(y), name + "_cbam")',
        ),
        ('return layers.ReLU(name=name + "_out")(y)', "return y"),
    ),
    wrong(
        "no_last_relu",
        "The last ReLU is missing.",
        "The sum can be negative, and here every block ends with a ReLU.",
        "Apply a ReLU after the addition.",
        ('return layers.ReLU(name=name + "_out")(y)', "return y"),
    ),
    wrong(
        "relu_missing_first",
        "There is no ReLU after the first convolution.",
        "Two convolutions with nothing between them are no more than one larger convolution.",
        "Give the first `conv_norm` `relu=True`.",
        (
            'y = conv_norm(x, filters, 1, name=name + "_1", relu=True)',
            'y = conv_norm(x, filters, 1, name=name + "_1")',
        ),
    ),
    wrong(
        "relu_missing_second",
        "There is no ReLU after the 3×3 convolution.",
        "Two convolutions with nothing between them are no more than one larger convolution.",
        "Give the second `conv_norm` `relu=True`.",
        (
            'y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)',
            'y = conv_norm(y, filters, 3, strides, name=name + "_2")',
        ),
    ),
    wrong(
        "no_shortcut",
        "The input is not added.",
        "Without the way past, CBAM's factors below 1 would multiply from block to block.",
        "Add `x` after the attention.",
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
        "no_projection",
        "The input keeps its shape where the branch changes its own.",
        "Two maps of different size or width cannot be added.",
        "When `strides` is above 1 or the channels differ, send `x` through a 1×1 convolution first.",
        ("if strides > 1 or x.shape[-1] != 4 * filters:", "if False:"),
    ),
    wrong(
        "always_projects",
        "The projection is always there.",
        "Then an empty block does not pass on its input.",
        "Project only when the shapes differ: compare the channels of `x` with `4 * filters`.",
        ("if strides > 1 or x.shape[-1] != 4 * filters:", "if True:"),
    ),
    wrong(
        "projects_on_strides_alone",
        "The projection is there only when `strides` is above 1.",
        "New channels need it too, at the same size.",
        "Also project when `x` does not have `4 * filters` channels.",
        ("if strides > 1 or x.shape[-1] != 4 * filters:", "if strides > 1:"),
    ),
    wrong(
        "projects_on_channels_alone",
        "The projection is there only when the channels change.",
        "Strides need it too: the branch gets smaller, and `x` does not.",
        "Also project when `strides` is above 1.",
        ("if strides > 1 or x.shape[-1] != 4 * filters:", "if x.shape[-1] != 4 * filters:"),
    ),
    wrong(
        "gated_projection",
        "The projected shortcut goes through the attention as well.",
        "Only the change is refined.",
        "Apply `attention` to the branch alone.",
        (
            'x = conv_norm(x, 4 * filters, 1, strides, name=name + "_shortcut")',
            (
                'x = conv_norm(x, 4 * filters, 1, strides, name=name + "_shortcut")\n'
                '        x = attention(x, name + "_cbam2")'
            ),
        ),
    ),
    wrong(
        "bare_projection",
        "The projection has no batch normalisation.",
        "A normalisation follows each convolution, the one on the way past too.",
        "Use `conv_norm` for the projection.",
        (
            'x = conv_norm(x, 4 * filters, 1, strides, name=name + "_shortcut")',
            'x = layers.Conv2D(4 * filters, 1, strides, use_bias=False, name=name + "_shortcut")(x)',
        ),
    ),
    wrong(
        "gate_before_norm",
        "The attention comes between the last convolution and its normalisation.",
        "The normalisation then takes back most of what the attention has scaled.",
        "Normalise what the last convolution gives, then apply `attention`.",
        (
            'y = conv_norm(y, 4 * filters, 1, name=name + "_3")',
            'y = layers.Conv2D(4 * filters, 1, use_bias=False, name=name + "_3")(y)',
        ),
        (
            'y = attention(y, name + "_cbam")',
            (
                'y = attention(y, name + "_cbam")\n'
                '    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(y)'
            ),
        ),
    ),
    wrong(
        "projection_with_relu",
        "The projection ends with a ReLU.",
        "The way past should let negative values through.",
        "Leave `relu` out of the projection.",
        (
            'x = conv_norm(x, 4 * filters, 1, strides, name=name + "_shortcut")',
            'x = conv_norm(x, 4 * filters, 1, strides, name=name + "_shortcut", relu=True)',
        ),
    ),
    wrong(
        "wide_projection",
        "The projection has a 3×3 kernel.",
        "It is only there to change the shape.",
        "Use a 1×1 kernel on the shortcut.",
        (
            'x = conv_norm(x, 4 * filters, 1, strides, name=name + "_shortcut")',
            'x = conv_norm(x, 4 * filters, 3, strides, name=name + "_shortcut")',
        ),
    ),
    wrong(
        "strides_first",
        "The first 1×1 convolution has the strides.",
        "So had the first ResNet. Here the 3×3 convolution has them, so that it sees all positions.",
        "Hand `strides` to the 3×3 convolution.",
        (
            'y = conv_norm(x, filters, 1, name=name + "_1", relu=True)',
            'y = conv_norm(x, filters, 1, strides, name=name + "_1", relu=True)',
        ),
        (
            'y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)',
            'y = conv_norm(y, filters, 3, name=name + "_2", relu=True)',
        ),
    ),
    wrong(
        "strides_twice",
        "Two convolutions of the branch have the strides.",
        "The branch is then smaller than the shortcut.",
        "Only the 3×3 convolution has them.",
        (
            'y = conv_norm(x, filters, 1, name=name + "_1", relu=True)',
            'y = conv_norm(x, filters, 1, strides, name=name + "_1", relu=True)',
        ),
    ),
    wrong(
        "no_strides",
        "The strides are not used in the branch.",
        "The shortcut gets smaller and the branch does not.",
        "Hand `strides` to the 3×3 convolution.",
        (
            'y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)',
            'y = conv_norm(y, filters, 3, name=name + "_2", relu=True)',
        ),
    ),
    wrong(
        "narrow_exit",
        "The block ends with `filters` channels.",
        "A bottleneck opens at its end: four times `filters` go out.",
        "Give the last convolution and the projection `4 * filters` filters.",
        ("4 * filters", "filters"),
    ),
    wrong(
        "wide_middle",
        "The middle has as many channels as the exit.",
        "The bottleneck spares work: the 3×3 convolution runs on a quarter of the channels.",
        "Give the first two convolutions `filters` filters.",
        (
            'y = conv_norm(x, filters, 1, name=name + "_1", relu=True)',
            'y = conv_norm(x, 4 * filters, 1, name=name + "_1", relu=True)',
        ),
        (
            'y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)',
            'y = conv_norm(y, 4 * filters, 3, strides, name=name + "_2", relu=True)',
        ),
    ),
    wrong(
        "basic_block",
        "It is the block of lesson 04, with two 3×3 convolutions.",
        "ResNet-50's block has three convolutions: 1×1, 3×3, 1×1.",
        "Squeeze with a 1×1 convolution, look around with 3×3, and open with 1×1.",
        (
            'y = conv_norm(x, filters, 1, name=name + "_1", relu=True)',
            'y = conv_norm(x, 4 * filters, 3, strides, name=name + "_1", relu=True)',
        ),
        ('y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)', ""),
        (
            'y = conv_norm(y, 4 * filters, 1, name=name + "_3")',
            'y = conv_norm(y, 4 * filters, 3, name=name + "_3")',
        ),
    ),
    wrong(
        "large_first",
        "The first convolution has a 3×3 kernel.",
        "It only squeezes the channels.",
        "Use 1×1, 3×3, 1×1.",
        (
            'y = conv_norm(x, filters, 1, name=name + "_1", relu=True)',
            'y = conv_norm(x, filters, 3, name=name + "_1", relu=True)',
        ),
    ),
    wrong(
        "large_last",
        "The last convolution has a 3×3 kernel.",
        "It only opens the channels again.",
        "Use 1×1, 3×3, 1×1.",
        (
            'y = conv_norm(y, 4 * filters, 1, name=name + "_3")',
            'y = conv_norm(y, 4 * filters, 3, name=name + "_3")',
        ),
    ),
    wrong(
        "only_points",
        "All three convolutions are 1×1.",
        "Then no position ever looks at its neighbours.",
        "Give the convolution in the middle a 3×3 kernel.",
        (
            'y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)',
            'y = conv_norm(y, filters, 1, strides, name=name + "_2", relu=True)',
        ),
    ),
    wrong(
        "no_norm",
        "The branch ends without a batch normalisation.",
        "A normalisation follows each convolution, the last too; the attention comes behind it.",
        "Use `conv_norm` for all three.",
        (
            'y = conv_norm(y, 4 * filters, 1, name=name + "_3")',
            'y = layers.Conv2D(4 * filters, 1, use_bias=False, name=name + "_3")(y)',
        ),
    ),
    wrong(
        "own_attention",
        "An attention of your own is used in place of the one that is handed in.",
        "The block should work with any attention: that is what the ablations need.",
        "Call `attention`.",
        ('y = attention(y, name + "_cbam")', 'y = cbam_channel_attention(y, name + "_cbam", 2)'),
    ),
    wrong(
        "same_name",
        "`attention` gets a name that does not come from `name`.",
        "The second block in a model would have the same name, which Keras refuses.",
        'Hand on `name + "_cbam"`, or the like.',
        ('y = attention(y, name + "_cbam")', 'y = attention(y, "cbam")'),
    ),
    wrong(
        "strides_last",
        "The last 1×1 convolution has the strides.",
        "Then the 3×3 convolution works on all positions, and three quarters of that is thrown away.",
        "Hand `strides` to the 3×3 convolution.",
        (
            'y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)',
            'y = conv_norm(y, filters, 3, name=name + "_2", relu=True)',
        ),
        (
            'y = conv_norm(y, 4 * filters, 1, name=name + "_3")',
            'y = conv_norm(y, 4 * filters, 1, strides, name=name + "_3")',
        ),
    ),
)
