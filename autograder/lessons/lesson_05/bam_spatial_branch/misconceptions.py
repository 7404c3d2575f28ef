"""Misconceptions in `bam_spatial_branch`: scores of the positions, from dilated convolutions."""

from autograder.keys.misconceptions import variant, wrong

MISCONCEPTIONS = (
    wrong(
        "no_dilation",
        "The 3×3 convolutions are not dilated.",
        "Then the map sees two positions far, whatever `dilation` says. The number of weights is the same.",
        "Give both `dilation_rate=dilation`.",
        ("dilation_rate=dilation, ", ""),
    ),
    wrong(
        "fixed_dilation",
        "The dilation is always 4.",
        "The argument `dilation` says how far the branch looks.",
        "Give both convolutions `dilation_rate=dilation`.",
        ("dilation_rate=dilation", "dilation_rate=4"),
    ),
    wrong(
        "first_dilated",
        "Only the first of the two 3×3 convolutions is dilated.",
        "Both are, with the same dilation.",
        "Give both `dilation_rate=dilation`.",
        ("dilation_rate=dilation", 'dilation_rate=dilation if step == "1" else 1'),
    ),
    wrong(
        "second_dilated",
        "Only the second of the two 3×3 convolutions is dilated.",
        "Both are, with the same dilation.",
        "Give both `dilation_rate=dilation`.",
        ("dilation_rate=dilation", 'dilation_rate=dilation if step == "2" else 1'),
    ),
    wrong(
        "growing_dilation",
        "The second convolution is dilated twice as much as the first.",
        "Both have the same dilation.",
        "Give both `dilation_rate=dilation`.",
        ("dilation_rate=dilation", "dilation_rate=dilation * int(step)"),
    ),
    wrong(
        "one_convolution",
        "There is only one 3×3 convolution.",
        "The branch has two, so that it looks twice the dilation far.",
        "Put two dilated convolutions behind each other.",
        ('for step in ("1", "2"):', 'for step in ("1",):'),
    ),
    wrong(
        "three_convolutions",
        "There are three 3×3 convolutions.",
        "The branch has two.",
        "Leave one of them out.",
        ('for step in ("1", "2"):', 'for step in ("1", "2", "3"):'),
    ),
    wrong(
        "no_padding",
        "The 3×3 convolutions do not pad.",
        "The map must have the height and width of `x`, to be added to the scores of its positions.",
        'Use `padding="same"`.',
        ('padding="same", ', ""),
    ),
    wrong(
        "strides",
        "A stride stands where the dilation should be.",
        "A stride leaves out positions of the result; a dilation spreads the kernel out.",
        "Use `dilation_rate=dilation`, and no strides.",
        ("dilation_rate=dilation", "strides=dilation"),
    ),
    wrong(
        "large_kernel",
        "The kernel grows with the dilation.",
        "A dilated convolution keeps its nine weights per channel and spreads them out.",
        "Use a 3×3 kernel with `dilation_rate=dilation`.",
        ("hidden, 3, ", "hidden, 2 * dilation + 1, "),
        ("dilation_rate=dilation, ", ""),
    ),
    wrong(
        "five_by_five",
        "The dilated kernels are 5×5.",
        "They are 3×3.",
        "Use a 3×3 kernel.",
        ("hidden, 3, ", "hidden, 5, "),
    ),
    wrong(
        "map_per_channel",
        "The branch ends in a map for every channel.",
        "It says where, not what: one map for all channels.",
        "Give the last convolution one filter.",
        ("layers.Conv2D(1, 1, ", "layers.Conv2D(x.shape[-1], 1, "),
    ),
    wrong(
        "no_join",
        "The last convolution is missing.",
        "The branch ends in one map.",
        "Put a 1×1 convolution with one filter at the end.",
        ('return layers.Conv2D(1, 1, name=name + "_join")(h)', "return h"),
    ),
    wrong(
        "mean_at_the_end",
        "The hidden channels are averaged at the end.",
        "How much each of them counts is learned, by a 1×1 convolution.",
        "Put a 1×1 convolution with one filter at the end.",
        (
            'return layers.Conv2D(1, 1, name=name + "_join")(h)',
            "return keras.ops.mean(h, axis=-1, keepdims=True)",
        ),
    ),
    wrong(
        "pooled_channels",
        "The channels are pooled to a mean and a maximum at the beginning.",
        "That is the way of CBAM. BAM learns how to reduce the channels, with a 1×1 convolution.",
        "Begin with a 1×1 convolution with `hidden` filters.",
        (
            'h = layers.Conv2D(hidden, 1, name=name + "_reduce")(x)  # (N, H, W, C/r)',
            (
                "pooled = [keras.ops.mean(x, -1, keepdims=True), keras.ops.max(x, -1, keepdims=True)]\n"
                "    h = layers.Conv2D(hidden, 1, name=name + '_reduce')(layers.Concatenate()(pooled))"
            ),
        ),
    ),
    wrong(
        "not_reduced",
        "The hidden layers are as wide as the input.",
        "The branch works on C // r channels, which keeps it cheap.",
        "Use `x.shape[-1] // reduction` filters.",
        ("x.shape[-1] // reduction", "x.shape[-1]"),
    ),
    wrong(
        "r_filters",
        "The hidden layers have r channels.",
        "r is by how much the channels are reduced, not to what.",
        "Use `x.shape[-1] // reduction` filters.",
        ("x.shape[-1] // reduction", "reduction"),
    ),
    wrong(
        "no_first_point",
        "The first 1×1 convolution is missing.",
        "It reduces the channels before the expensive 3×3 convolutions.",
        "Begin with a 1×1 convolution with `hidden` filters.",
        ('h = layers.Conv2D(hidden, 1, name=name + "_reduce")(x)  # (N, H, W, C/r)', "h = x"),
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm0")(h)\n', ""),
        ('    h = layers.ReLU(name=name + "_relu0")(h)\n', ""),
    ),
    wrong(
        "first_is_3x3",
        "The first convolution is 3×3.",
        "It only reduces the channels, one position at a time.",
        "Use a 1×1 kernel in the first convolution.",
        ("layers.Conv2D(hidden, 1, name", 'layers.Conv2D(hidden, 3, padding="same", name'),
    ),
    wrong(
        "last_is_3x3",
        "The last convolution is 3×3.",
        "It only joins the channels, one position at a time.",
        "Use a 1×1 kernel in the last convolution.",
        ("layers.Conv2D(1, 1, ", 'layers.Conv2D(1, 3, padding="same", '),
    ),
    wrong(
        "sigmoid",
        "The branch ends with a sigmoid.",
        "The branches give scores of any sign. The one sigmoid comes after both are added.",
        "Leave the sigmoid out.",
        (
            'return layers.Conv2D(1, 1, name=name + "_join")(h)',
            'return layers.Activation("sigmoid")(layers.Conv2D(1, 1, name=name + "_join")(h))',
        ),
    ),
    wrong(
        "masked_map",
        "The branch returns the feature map, scaled by its mask.",
        "Here only the scores are asked for: the map is scaled once, in `bam`.",
        "Return what the last convolution gives.",
        (
            'return layers.Conv2D(1, 1, name=name + "_join")(h)',
            'return x * layers.Activation("sigmoid")(layers.Conv2D(1, 1, name=name + "_join")(h))',
        ),
    ),
    wrong(
        "last_relu",
        "There is a ReLU at the end.",
        "Then no position can ever be voted down.",
        "Nothing follows the last convolution.",
        (
            'return layers.Conv2D(1, 1, name=name + "_join")(h)',
            'return layers.ReLU()(layers.Conv2D(1, 1, name=name + "_join")(h))',
        ),
    ),
    wrong(
        "no_relus",
        "There is no ReLU between the convolutions.",
        (
            "Convolutions with nothing between them are no more than one. (The paper's formula shows none; "
            "its code has them.)"
        ),
        "Put a ReLU behind each of the first three.",
        ('    h = layers.ReLU(name=name + "_relu0")(h)\n', ""),
        ('        h = layers.ReLU(name=name + "_relu" + step)(h)\n', ""),
    ),
    wrong(
        "no_first_relu",
        "There is no ReLU behind the first 1×1 convolution.",
        "There is one behind each of the first three convolutions.",
        "Put a ReLU behind the normalisation of the first convolution.",
        ('    h = layers.ReLU(name=name + "_relu0")(h)\n', ""),
    ),
    wrong(
        "one_relu",
        "There is a ReLU behind the first convolution only.",
        "There is one behind each of the first three convolutions.",
        "Put a ReLU behind both dilated convolutions.",
        ('        h = layers.ReLU(name=name + "_relu" + step)(h)\n', ""),
    ),
    wrong(
        "no_norms",
        "There is no batch normalisation.",
        "It stands behind each of the first three convolutions, before the ReLU.",
        "Put a `BatchNormalization` before each ReLU.",
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm0")(h)\n', ""),
        ('        h = layers.BatchNormalization(momentum=0.9, name=name + "_norm" + step)(h)\n', ""),
    ),
    wrong(
        "no_norm_after_dilated",
        "The dilated convolutions are not normalised.",
        "Batch normalisation stands behind each of the first three convolutions.",
        "Put a `BatchNormalization` before each ReLU.",
        ('        h = layers.BatchNormalization(momentum=0.9, name=name + "_norm" + step)(h)\n', ""),
    ),
    wrong(
        "no_first_norm",
        "The first convolution is not normalised.",
        "Batch normalisation stands behind each of the first three convolutions.",
        "Put a `BatchNormalization` before each ReLU.",
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm0")(h)\n', ""),
    ),
    wrong(
        "norms_after_relus",
        "Batch normalisation stands behind the ReLUs.",
        "Then half of what comes out of a ReLU may become negative again.",
        "Normalise first, then the ReLU.",
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm0")(h)\n', ""),
        (
            '    h = layers.ReLU(name=name + "_relu0")(h)\n',
            (
                '    h = layers.ReLU(name=name + "_relu0")(h)\n'
                '    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm0")(h)\n'
            ),
        ),
        ('        h = layers.BatchNormalization(momentum=0.9, name=name + "_norm" + step)(h)\n', ""),
        (
            '        h = layers.ReLU(name=name + "_relu" + step)(h)\n',
            (
                '        h = layers.ReLU(name=name + "_relu" + step)(h)\n'
                '        h = layers.BatchNormalization(momentum=0.9, name=name + "_norm" + step)(h)\n'
            ),
        ),
    ),
    wrong(
        "averaged_positions",
        "The positions are averaged away.",
        "That is the channel branch. This one keeps the positions.",
        "Work on `x` itself, without pooling.",
        (
            'h = layers.Conv2D(hidden, 1, name=name + "_reduce")(x)  # (N, H, W, C/r)',
            (
                'h = layers.Conv2D(hidden, 1, name=name + "_reduce")'
                "(layers.GlobalAveragePooling2D(keepdims=True)(x))  # (N, H, W, C/r)"
            ),
        ),
    ),
    wrong(
        "bare_norm",
        "The normalisations learn no factor or no shift.",
        "Both belong to them, and quiz 1 counts them.",
        "Leave `center` and `scale` as they are.",
        ("momentum=0.9,", "momentum=0.9, center=False,"),
    ),
    wrong(
        "same_name",
        "The layers have fixed names.",
        "A second branch in the same model would have the same names, which Keras refuses.",
        "Build every layer name from `name`.",
        ('name + "_', '"'),
    ),
    wrong(
        "norm_at_the_end_too",
        "A batch normalisation follows the last convolution as well.",
        "The paper has one at the end, the released code three behind the others. Nobody has all four.",
        "Keep those behind the first three convolutions.",
        (
            'return layers.Conv2D(1, 1, name=name + "_join")(h)',
            (
                'return layers.BatchNormalization(momentum=0.9, name=name + "_norm3")'
                '(layers.Conv2D(1, 1, name=name + "_join")(h))'
            ),
        ),
    ),
    wrong(
        "one_norm_for_all",
        "One batch normalisation is used in all three places.",
        "Each place has a mean and a variance of its own; one layer would mix all three.",
        "Make a new `BatchNormalization` for each place.",
        (
            '    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm0")(h)\n',
            '    norm = layers.BatchNormalization(momentum=0.9, name=name + "_norm")\n    h = norm(h)\n',
        ),
        (
            '        h = layers.BatchNormalization(momentum=0.9, name=name + "_norm" + step)(h)\n',
            "        h = norm(h)\n",
        ),
    ),
    wrong(
        "rounded_up_width",
        "The hidden width is rounded up.",
        "C // r drops the rest of the division: 17 channels with r = 6 leave 2.",
        "Use `//` on the channels.",
        ("hidden = x.shape[-1] // reduction", "hidden = -(-x.shape[-1] // reduction)"),
    ),
)

# The paper's formula has one normalisation, at the end of the branch. Either layout is right.
VARIANTS = (
    variant(
        "norm_at_the_end",
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm0")(h)\n', ""),
        ('        h = layers.BatchNormalization(momentum=0.9, name=name + "_norm" + step)(h)\n', ""),
        (
            'return layers.Conv2D(1, 1, name=name + "_join")(h)',
            (
                'return layers.BatchNormalization(momentum=0.9, name=name + "_end")'
                '(layers.Conv2D(1, 1, name=name + "_join")(h))'
            ),
        ),
    ),
)
