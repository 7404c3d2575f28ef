"""Misconceptions in `cbam_spatial_attention`: weights of the positions, from their mean and maximum."""

from autograder.keys.misconceptions import variant, wrong

MISCONCEPTIONS = (
    wrong(
        "no_normalisation",
        "There is no batch normalisation.",
        "The paper's equation has none, but the released code, which is what you build here, does.",
        "Put `layers.BatchNormalization` between the convolution and the sigmoid.",
        (
            (
                '    scores = layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", '
                'name=name + "_norm")(scores)\n'
            ),
            "",
        ),
    ),
    wrong(
        "normalises_map",
        "The batch normalisation stands behind the sigmoid.",
        "Then the map is not between 0 and 1 any more.",
        "Normalise the scores, then take the sigmoid.",
        (
            (
                '    scores = layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", '
                'name=name + "_norm")(scores)\n'
            ),
            "",
        ),
        (
            'layers.Activation("sigmoid", name=name + "_mask")(scores)',
            (
                'layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", name=name + "_norm")'
                '(layers.Activation("sigmoid", name=name + "_mask")(scores))'
            ),
        ),
    ),
    wrong(
        "normalises_pools",
        "The batch normalisation stands before the convolution.",
        "It is the score that should have a known size when the sigmoid gets it.",
        "Normalise what comes out of the convolution.",
        (
            (
                '    scores = layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", '
                'name=name + "_norm")(scores)\n'
            ),
            "",
        ),
        (
            'layers.Concatenate(name=name + "_pooled")([largest, mean])',
            (
                'layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", name=name + "_norm")'
                '(layers.Concatenate(name=name + "_pooled")([largest, mean]))'
            ),
        ),
    ),
    wrong(
        "normalises_input",
        "The feature map itself is normalised first.",
        "It goes into the module as it is, and what comes out is that map, scaled.",
        "Normalise the scores only.",
        (
            (
                '    scores = layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", '
                'name=name + "_norm")(scores)\n'
            ),
            "",
        ),
        (
            "keras.ops.max(x, axis=-1, keepdims=True)",
            (
                'keras.ops.max(layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", '
                'name=name + "_norm")(x), axis=-1, keepdims=True)'
            ),
        ),
    ),
    wrong(
        "normalises_output",
        "The batch normalisation stands at the very end.",
        "The refined map would be shifted and scaled channel by channel.",
        "Normalise the scores only.",
        (
            (
                '    scores = layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", '
                'name=name + "_norm")(scores)\n'
            ),
            "",
        ),
        (
            'layers.Multiply(name=name + "_scaled")([x, mask])',
            (
                'layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", name=name + "_norm")'
                '(layers.Multiply(name=name + "_scaled")([x, mask]))'
            ),
        ),
    ),
    wrong(
        "layer_norm",
        "It is a layer normalisation, not a batch normalisation.",
        "Over the one channel of the scores it makes every score zero.",
        "Use `layers.BatchNormalization`.",
        (
            'layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", name=name + "_norm")',
            'layers.LayerNormalization(name=name + "_norm")',
        ),
    ),
    wrong(
        "relu_before_sigmoid",
        "A ReLU stands before the sigmoid, so the map is never below one half.",
        "Without negative scores no position can be turned down further than half.",
        "Leave the ReLU out.",
        ('layers.Activation("sigmoid", name=name + "_mask")(scores)', "ops.sigmoid(ops.relu(scores))"),
    ),
    wrong(
        "softmax_over_positions",
        "A softmax makes the positions compete.",
        "The whole map then adds up to 1, and every position is turned down nearly to nothing.",
        "Use a sigmoid at every position.",
        ('layers.Activation("sigmoid", name=name + "_mask")(scores)', "ops.softmax(scores, axis=(1, 2))"),
    ),
    wrong(
        "softmax",
        "A softmax over one channel is 1 everywhere.",
        "With a single score to share it among, that score gets everything, and nothing is scaled.",
        "Use a sigmoid.",
        ('layers.Activation("sigmoid", name=name + "_mask")(scores)', "ops.softmax(scores, axis=-1)"),
    ),
    wrong(
        "tanh",
        "The map comes from a tanh and is partly negative.",
        "A negative weight would turn the sign around. The map only opens or closes.",
        "Use a sigmoid.",
        ('layers.Activation("sigmoid", name=name + "_mask")(scores)', "ops.tanh(scores)"),
    ),
    wrong(
        "hard_sigmoid",
        "The map comes from a hard sigmoid.",
        "It is made of straight lines, and quite flat outside the middle. The equation has the smooth one.",
        "Use `sigmoid`.",
        ('layers.Activation("sigmoid", name=name + "_mask")(scores)', "ops.hard_sigmoid(scores)"),
    ),
    wrong(
        "no_sigmoid",
        "The scores are used as the map, without a sigmoid.",
        "Scores can be any number; the map lies between 0 and 1.",
        "Put a sigmoid behind the normalisation.",
        ('layers.Activation("sigmoid", name=name + "_mask")(scores)', "scores"),
    ),
    wrong(
        "mean_alone",
        "Only the mean is convolved.",
        "The maximum over the channels belongs to the input of the convolution as well.",
        "Give the convolution both maps.",
        ('layers.Concatenate(name=name + "_pooled")([largest, mean])', "mean"),
    ),
    wrong(
        "maximum_alone",
        "Only the maximum is convolved.",
        "The mean over the channels belongs to the input of the convolution as well.",
        "Give the convolution both maps.",
        ('layers.Concatenate(name=name + "_pooled")([largest, mean])', "largest"),
    ),
    wrong(
        "mean_twice",
        "Both maps are the mean.",
        "One of them should hold the largest value over the channels.",
        "Change one of the two into the maximum.",
        ("keras.ops.max(x, axis=-1, keepdims=True)", "keras.ops.mean(x, axis=-1, keepdims=True)"),
    ),
    wrong(
        "maximum_twice",
        "Both maps are the maximum.",
        "One of them should hold the mean over the channels.",
        "Change one of the two into the mean.",
        ("keras.ops.mean(x, axis=-1, keepdims=True)", "keras.ops.max(x, axis=-1, keepdims=True)"),
    ),
    wrong(
        "added_maps",
        "The two pooled maps are added.",
        "The convolution should have a kernel for each of them.",
        "Put them side by side as two channels.",
        ('layers.Concatenate(name=name + "_pooled")([largest, mean])', "largest + mean"),
    ),
    wrong(
        "over_positions",
        "Height and width are pooled away.",
        "That is how the channel half begins. Here the channels go, and the positions stay.",
        "Pool over the last axis.",
        ("keras.ops.max(x, axis=-1, keepdims=True)", "ops.max(x, axis=(1, 2), keepdims=True)"),
        ("keras.ops.mean(x, axis=-1, keepdims=True)", "ops.mean(x, axis=(1, 2), keepdims=True)"),
    ),
    wrong(
        "no_keepdims",
        "The pooled maps have lost their channel axis.",
        "Then the last axis is the width, and the maps are joined side by side.",
        "Keep the pooled axis with size 1: `keepdims=True`.",
        ("keras.ops.max(x, axis=-1, keepdims=True)", "ops.max(x, axis=-1)"),
        ("keras.ops.mean(x, axis=-1, keepdims=True)", "ops.mean(x, axis=-1)"),
    ),
    wrong(
        "joined_in_height",
        "The two maps are joined along the height.",
        "They should lie on top of each other, as two channels.",
        "Concatenate on the last axis.",
        (
            'layers.Concatenate(name=name + "_pooled")([largest, mean])',
            'layers.Concatenate(axis=1, name=name + "_pooled")([largest, mean])',
        ),
    ),
    wrong(
        "convolves_input",
        "The convolution runs on the feature map itself.",
        "Pooling first leaves two maps, so that the kernel stays small and every channel counts alike.",
        "Pool over the channels, then convolve.",
        ('layers.Concatenate(name=name + "_pooled")([largest, mean])', "x"),
    ),
    wrong(
        "small_kernel",
        "The kernel is 3×3.",
        "The exercise asks for 7×7, unless another size is handed in.",
        "Hand `kernel_size` on to the convolution.",
        ("Conv2D(1, kernel_size,", "Conv2D(1, 3,"),
    ),
    wrong(
        "one_by_one",
        "The kernel is 1×1.",
        "It sees no neighbours, so the map cannot look around a position.",
        "Hand `kernel_size` on to the convolution.",
        ("Conv2D(1, kernel_size,", "Conv2D(1, 1,"),
    ),
    wrong(
        "fixed_kernel",
        "The kernel is always 7×7, whatever is asked for.",
        "7 is only the default of the argument `kernel_size`.",
        "Hand `kernel_size` on to the convolution.",
        ("Conv2D(1, kernel_size,", "Conv2D(1, 7,"),
    ),
    wrong(
        "other_default",
        "The default of `kernel_size` has changed.",
        "The exercise fixes it at 7, so that blocks without the argument agree.",
        "Set the default in the `def` line back to 7.",
        ("kernel_size: int = 7", "kernel_size: int = 3"),
    ),
    wrong(
        "dilated",
        "The kernel has gaps, as in BAM.",
        "CBAM's kernel is large and has none.",
        "Leave `dilation_rate` out.",
        ("Conv2D(1, kernel_size,", "Conv2D(1, kernel_size, dilation_rate=2,"),
    ),
    wrong(
        "shrinks",
        "The map is smaller than the feature map.",
        "Without padding a 7×7 kernel takes three positions off each side.",
        'Keep the size with `padding="same"`.',
        ('padding="same"', 'padding="valid"'),
    ),
    wrong(
        "map_per_channel",
        "There is a map for every channel.",
        "Spatial attention has one map that all channels share.",
        "Give the convolution a single filter.",
        ("Conv2D(1, kernel_size,", "Conv2D(x.shape[-1], kernel_size,"),
    ),
    wrong(
        "adds_map",
        "The map is added, not multiplied.",
        "To scale is to multiply: a 0 in the map has to silence its position.",
        "Multiply the feature map by the map.",
        ('layers.Multiply(name=name + "_scaled")', 'layers.Add(name=name + "_scaled")'),
    ),
    wrong(
        "adds_input",
        "The input is added back at the end.",
        "CBAM has no 1 + in it. The shortcut belongs to the residual block around it.",
        "Return the scaled feature map alone.",
        (
            'layers.Multiply(name=name + "_scaled")([x, mask])',
            'x + layers.Multiply(name=name + "_scaled")([x, mask])',
        ),
    ),
    wrong(
        "returns_map",
        "The map comes back, not the feature map.",
        "The next layer expects (N, H, W, C).",
        "Multiply `x` by the map and return that.",
        ('return layers.Multiply(name=name + "_scaled")([x, mask])', "return mask"),
    ),
    wrong(
        "scales_pooled",
        "The map scales the two pooled maps, not the feature map.",
        "Pooling was only the way to the map.",
        "Multiply `x` by the map.",
        ("[x, mask]", "[pooled, mask]"),
    ),
    wrong(
        "inverted",
        "The feature map is multiplied by 1 minus the map.",
        "A value near 1 should leave its position open.",
        "Multiply by the map itself.",
        (
            'layers.Activation("sigmoid", name=name + "_mask")(scores)',
            '1 - layers.Activation("sigmoid", name=name + "_mask")(scores)',
        ),
    ),
    wrong(
        "starts_at_one",
        "The factor of the normalisation starts at 1.",
        "Then the map of a network that has learnt nothing yet is random, and every block begins with one.",
        'Give the normalisation `gamma_initializer="zeros"`: the map starts at one half everywhere.',
        ('gamma_initializer="zeros", ', ""),
    ),
    wrong(
        "bare_norm",
        "The normalisation learns no shift.",
        "With it the map can be open or shut as a whole.",
        "Leave `center` as it is.",
        ('gamma_initializer="zeros", ', 'gamma_initializer="zeros", center=False, '),
    ),
    wrong(
        "fixed_name",
        "A layer's name does not come from `name`.",
        "The second block in a model would have the same layer name as the first, which Keras refuses.",
        'Build every name from `name`, such as `name + "_conv"`.',
        ('name=name + "_scores"', 'name="scores"'),
    ),
)

# Right answers that give other numbers.
VARIANTS = (
    variant("mean_first", ("[largest, mean]", "[mean, largest]")),
    variant("with_bias", ("use_bias=False", "use_bias=True")),
)
