"""Misconceptions in `bam_channel_branch`: scores of the channels, from their means."""

from autograder.keys.misconceptions import variant, wrong

MISCONCEPTIONS = (
    wrong(
        "sigmoid",
        "The branch ends with a sigmoid.",
        "The branches give scores of any sign. The one sigmoid comes after both are added.",
        "Leave the sigmoid out.",
        (
            'return layers.Dense(channels, name=name + "_expand")(h)',
            'return layers.Activation("sigmoid")(layers.Dense(channels, name=name + "_expand")(h))',
        ),
    ),
    wrong(
        "gated_map",
        "The branch returns the feature map, scaled by its gates.",
        "That is SE. Here only the scores are asked for: the map is scaled once, in `bam`.",
        "Return what the wide layer gives.",
        (
            'return layers.Dense(channels, name=name + "_expand")(h)',
            'return x * layers.Activation("sigmoid")(layers.Dense(channels, name=name + "_expand")(h))',
        ),
    ),
    wrong(
        "scores_times_map",
        "The branch returns the feature map, times its scores.",
        "The map is scaled once, in `bam`. Here only the scores are asked for.",
        "Return what the wide layer gives.",
        (
            'return layers.Dense(channels, name=name + "_expand")(h)',
            'return x * layers.Dense(channels, name=name + "_expand")(h)',
        ),
    ),
    wrong(
        "softmax",
        "The branch ends with a softmax.",
        "Channels do not compete, and scores may have any sign.",
        "Leave the softmax out.",
        (
            'return layers.Dense(channels, name=name + "_expand")(h)',
            'return layers.Activation("softmax")(layers.Dense(channels, name=name + "_expand")(h))',
        ),
    ),
    wrong(
        "tanh",
        "The branch ends with a tanh.",
        "Scores are not bounded. The one sigmoid comes after both branches are added.",
        "Leave the tanh out.",
        (
            'return layers.Dense(channels, name=name + "_expand")(h)',
            'return layers.Activation("tanh")(layers.Dense(channels, name=name + "_expand")(h))',
        ),
    ),
    wrong(
        "last_relu",
        "There is a ReLU at the end.",
        "Then no channel can ever be voted down.",
        "Nothing follows the wide layer.",
        (
            'return layers.Dense(channels, name=name + "_expand")(h)',
            'return layers.ReLU()(layers.Dense(channels, name=name + "_expand")(h))',
        ),
    ),
    wrong(
        "no_relu",
        "There is no ReLU between the two layers.",
        "Two linear layers with nothing between them are no more than one.",
        "Put a ReLU behind the normalisation of the narrow layer.",
        ('    h = layers.ReLU(name=name + "_relu")(h)\n', ""),
    ),
    wrong(
        "no_mean",
        "The map is not averaged.",
        "Then every position has scores of its own, and none says what a channel is worth as a whole.",
        "Average over height and width first.",
        ('z = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_mean")(x)', "z = x"),
    ),
    wrong(
        "maximum",
        "The largest value of each channel is taken, not the mean.",
        "BAM takes the mean. The maximum comes in with CBAM, in lesson 06.",
        "Use `GlobalAveragePooling2D`.",
        ("GlobalAveragePooling2D", "GlobalMaxPooling2D"),
    ),
    wrong(
        "dropped_axes",
        "Height and width are gone from the result.",
        "Scores of shape (N, C) cannot be added to a map of shape (N, H, W, 1).",
        "Use `keepdims=True`.",
        ("keepdims=True, ", ""),
    ),
    wrong(
        "mean_over_channels",
        "The mean is taken over the channels.",
        "The channel branch averages the positions away, and keeps the channels.",
        "Average over the axes 1 and 2.",
        (
            'z = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_mean")(x)',
            "z = keras.ops.mean(x, axis=-1, keepdims=True)",
        ),
        ("channels // reduction", "1"),
    ),
    wrong(
        "one_axis",
        "Only one of the two axes of positions is averaged.",
        "The mean runs over height and width.",
        "Use `GlobalAveragePooling2D`, or the axes 1 and 2.",
        (
            'z = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_mean")(x)',
            "z = keras.ops.mean(x, axis=1, keepdims=True)",
        ),
    ),
    wrong(
        "sum",
        "The positions are added up, not averaged.",
        "The size of the map should not matter.",
        "Take the mean.",
        (
            'z = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_mean")(x)',
            "z = keras.ops.sum(x, axis=(1, 2), keepdims=True)",
        ),
    ),
    wrong(
        "no_bottleneck",
        "The narrow layer is as wide as the other.",
        "The branch goes through C // r units, which keeps it cheap.",
        "Use `channels // reduction` units in the first layer.",
        ("channels // reduction", "channels"),
    ),
    wrong(
        "r_units",
        "The narrow layer has r units.",
        "r is by how much the channels are reduced, not to what.",
        "Use `channels // reduction` units.",
        ("channels // reduction", "reduction"),
    ),
    wrong(
        "fixed_reduction",
        "The reduction is always 16.",
        "The argument `reduction` says how narrow the layer is.",
        "Use `channels // reduction` units.",
        ("channels // reduction", "max(1, channels // 16)"),
    ),
    wrong(
        "one_layer",
        "There is only one dense layer.",
        "The branch has a narrow layer, a ReLU and a wide layer.",
        "Put the narrow layer before the wide one.",
        ('h = layers.Dense(channels // reduction, name=name + "_reduce")(z)  # (N, 1, 1, C/r)\n', "h = z\n"),
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(h)\n', ""),
        ('    h = layers.ReLU(name=name + "_relu")(h)\n', ""),
    ),
    wrong(
        "stays_narrow",
        "The wide layer is narrow, too.",
        "There is one score for every channel.",
        "Give the second layer as many units as `x` has channels.",
        ("layers.Dense(channels, ", "layers.Dense(channels // reduction, "),
    ),
    wrong(
        "relu_after_wide",
        "The ReLU stands behind the wide layer, not behind the narrow one.",
        "Then the two layers are no more than one, and no channel can be voted down.",
        "Put the ReLU between the layers.",
        ('    h = layers.ReLU(name=name + "_relu")(h)\n', ""),
        (
            'return layers.Dense(channels, name=name + "_expand")(h)',
            'return layers.ReLU()(layers.Dense(channels, name=name + "_expand")(h))',
        ),
    ),
    wrong(
        "norm_after_relu",
        "The batch normalisation stands behind the ReLU.",
        "Then half of what comes out of the ReLU may become negative again.",
        "Normalise first, then the ReLU.",
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(h)\n', ""),
        (
            '    h = layers.ReLU(name=name + "_relu")(h)\n',
            (
                '    h = layers.ReLU(name=name + "_relu")(h)\n'
                '    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(h)\n'
            ),
        ),
    ),
    wrong(
        "norm_of_the_means",
        "The batch normalisation stands before the narrow layer.",
        "It normalises what the narrow layer gives.",
        "Put it between the narrow layer and the ReLU.",
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(h)\n', ""),
        (
            'h = layers.Dense(channels // reduction, name=name + "_reduce")(z)',
            (
                "z = layers.BatchNormalization(momentum=0.9, name=name + '_norm')(z)\n"
                '    h = layers.Dense(channels // reduction, name=name + "_reduce")(z)'
            ),
        ),
    ),
    wrong(
        "no_norm",
        "There is no batch normalisation.",
        "That is the way of SE. In BAM the narrow layer is normalised.",
        "Put `layers.BatchNormalization` between the narrow layer and the ReLU.",
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(h)\n', ""),
    ),
    wrong(
        "bare_norm",
        "The normalisation learns no factor or no shift.",
        "Both belong to it, and quiz 1 counts them.",
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
        "norm_twice",
        "There are two batch normalisations.",
        "The paper has one at the end, the released code one behind the narrow layer. Nobody has both.",
        "Keep the one behind the narrow layer.",
        (
            'return layers.Dense(channels, name=name + "_expand")(h)',
            (
                'return layers.BatchNormalization(momentum=0.9, name=name + "_norm2")'
                '(layers.Dense(channels, name=name + "_expand")(h))'
            ),
        ),
    ),
    wrong(
        "rounded_up_width",
        "The hidden width is rounded up.",
        "C // r drops the rest of the division: 17 channels with r = 6 leave 2 units.",
        "Use `//` on the channels.",
        (
            'h = layers.Dense(channels // reduction, name=name + "_reduce")(z)',
            'h = layers.Dense(-(-channels // reduction), name=name + "_reduce")(z)',
        ),
    ),
)

# The paper's formula has one normalisation, at the end of the branch. Either layout is right.
VARIANTS = (
    variant(
        "norm_at_the_end",
        ('    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(h)\n', ""),
        (
            'return layers.Dense(channels, name=name + "_expand")(h)',
            (
                'return layers.BatchNormalization(momentum=0.9, name=name + "_end")'
                '(layers.Dense(channels, name=name + "_expand")(h))'
            ),
        ),
    ),
)
