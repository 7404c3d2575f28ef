"""Misconceptions in `autoencoder_block`: convolution, normalisation, ReLU."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "shrinks",
        "The feature map loses its border.",
        "Without padding a 3×3 kernel takes one pixel off each side, and later the sizes no longer fit.",
        'Keep the size with `padding="same"`.',
        ('padding="same"', 'padding="valid"'),
    ),
    wrong(
        "one_by_one",
        "The kernel is 1×1.",
        "It sees a single position, so it cannot find an edge.",
        "Make the kernel 3×3.",
        ("filters, 3,", "filters, 1,"),
    ),
    wrong(
        "five_by_five",
        "The kernel is 5×5.",
        "The block of this lesson looks one position to each side.",
        "Make the kernel 3×3.",
        ("filters, 3,", "filters, 5,"),
    ),
    wrong(
        "strided",
        "The convolution skips every second position.",
        "The block keeps height and width. Getting smaller is the business of the pooling after it.",
        "Leave the strides at 1.",
        ("filters, 3,", "filters, 3, strides=2,"),
    ),
    wrong(
        "dilated",
        "The kernel has gaps.",
        "A dilated kernel looks further but skips positions in between.",
        "Leave `dilation_rate` out.",
        ("filters, 3,", "filters, 3, dilation_rate=2,"),
    ),
    wrong(
        "fixed_filters",
        "The number of filters is always 32.",
        "Each stage wants a width of its own; it comes in as the argument `filters`.",
        "Hand `filters` to the convolution.",
        ("filters, 3,", "32, 3,"),
    ),
    wrong(
        "keeps_channels",
        "The number of channels stays what it was.",
        "The argument `filters` says how many channels go out.",
        "Hand `filters` to the convolution.",
        ("filters, 3,", "x.shape[-1], 3,"),
    ),
    wrong(
        "no_norm",
        "The batch normalisation is missing.",
        "It brings every channel back to a common scale and learns a scale and a shift for it.",
        "Put a BatchNormalization between convolution and ReLU.",
        ('layers.BatchNormalization(momentum=0.9, name=name + "_bn")(x)', "x"),
    ),
    wrong(
        "no_relu",
        "The ReLU is missing.",
        "Without it the values below zero pass, and two blocks in a row are hardly more than one.",
        "Finish with a ReLU.",
        ('layers.ReLU(name=name + "_relu")(x)', "x"),
    ),
    wrong(
        "relu_before_norm",
        "The ReLU stands before the normalisation.",
        "Then the block gives out negative values, and the normalisation sees only what the ReLU left.",
        "Convolution, then normalisation, then ReLU.",
        (
            'layers.BatchNormalization(momentum=0.9, name=name + "_bn")(x)',
            'layers.ReLU(name=name + "_relu")(x)',
        ),
        (
            'return layers.ReLU(name=name + "_relu")(x)',
            'return layers.BatchNormalization(momentum=0.9, name=name + "_bn")(x)',
        ),
    ),
    wrong(
        "norm_first",
        "The normalisation stands before the convolution.",
        "It should bring the result of the convolution to a common scale, not its input.",
        "Convolution, then normalisation, then ReLU.",
        ('layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)', "CONVOLUTION"),
        (
            'layers.BatchNormalization(momentum=0.9, name=name + "_bn")(x)',
            'layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)',
        ),
        ("CONVOLUTION", 'layers.BatchNormalization(momentum=0.9, name=name + "_bn")(x)'),
    ),
    wrong(
        "pre_activation",
        "The convolution comes last.",
        "Normalisation, ReLU, convolution is the order of a pre-activation block. The order here is another.",
        "Convolution, then normalisation, then ReLU.",
        ('layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)', "CONVOLUTION"),
        (
            'layers.BatchNormalization(momentum=0.9, name=name + "_bn")(x)',
            'layers.ReLU(name=name + "_relu")(x)',
        ),
        (
            'return layers.ReLU(name=name + "_relu")(x)',
            'return layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)',
        ),
        ("CONVOLUTION", 'layers.BatchNormalization(momentum=0.9, name=name + "_bn")(x)'),
    ),
    wrong(
        "relu_twice",
        "There is a ReLU before the normalisation too.",
        "It throws away all that is below zero before the normalisation can look at it.",
        "Leave `activation` out of the convolution.",
        ("use_bias=False,", 'use_bias=False, activation="relu",'),
    ),
    wrong(
        "sigmoid",
        "The block ends in a sigmoid.",
        "A sigmoid squeezes every feature into (0, 1). In this lesson only the last layer does that.",
        "Finish with a ReLU.",
        ('layers.ReLU(name=name + "_relu")(x)', 'layers.Activation("sigmoid", name=name + "_relu")(x)'),
    ),
    wrong(
        "leaky",
        "The ReLU leaks.",
        "A leaky ReLU lets a part of the negative values through; the plain one lets none.",
        "Use `layers.ReLU` as it comes.",
        ('layers.ReLU(name=name + "_relu")(x)', 'layers.LeakyReLU(name=name + "_relu")(x)'),
    ),
    wrong(
        "capped",
        "The ReLU stops at a largest value.",
        "A plain ReLU has no upper end.",
        "Leave `max_value` out.",
        ("layers.ReLU(", "layers.ReLU(max_value=1.0, "),
    ),
    wrong(
        "layer_norm",
        "The channels of one position are normalised, not one channel over the batch.",
        "That is layer normalisation. Batch normalisation treats every channel by itself.",
        "Use `layers.BatchNormalization`.",
        ("layers.BatchNormalization(momentum=0.9, ", "layers.LayerNormalization("),
    ),
    wrong(
        "no_shift",
        "The normalisation learns no shift.",
        "Where the ReLU cuts is then the same in every channel.",
        "Leave `center` as it is.",
        ("momentum=0.9,", "momentum=0.9, center=False,"),
    ),
    wrong(
        "frozen_norm",
        "The normalisation is not trainable.",
        "Then it never measures the images, and its factor and shift stay as they were made.",
        "Leave `trainable` as it is.",
        ("momentum=0.9,", "momentum=0.9, trainable=False,"),
    ),
    wrong(
        "adds_input",
        "Where the channels allow it, the input is added.",
        "That is a residual block, which lesson 04 is about.",
        "Return what the ReLU gives.",
        (
            'return layers.ReLU(name=name + "_relu")(x)',
            (
                'y = layers.ReLU(name=name + "_relu")(x)\n'
                "    return y + given if given.shape[-1] == filters else y"
            ),
        ),
        (
            '    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)',
            (
                "    given = x\n"
                '    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)'
            ),
        ),
    ),
    wrong(
        "two_convolutions",
        "There are two convolutions.",
        "One block has one; the network gets deeper by having more blocks.",
        "Leave the second one out.",
        (
            'layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)',
            (
                'layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)\n'
                '    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv_2")(x)'
            ),
        ),
    ),
    wrong(
        "separable",
        "The convolution is a separable one.",
        "It looks at each channel by itself first. The plain one looks at all channels at once.",
        "Use `layers.Conv2D`.",
        ("layers.Conv2D(", "layers.SeparableConv2D("),
    ),
    wrong(
        "pools",
        "The block makes the feature map smaller.",
        "The pooling belongs to the encoder. The decoder uses the same block, and must not shrink.",
        "Leave the pooling out of the block.",
        (
            'return layers.ReLU(name=name + "_relu")(x)',
            'return layers.MaxPooling2D(2)(layers.ReLU(name=name + "_relu")(x))',
        ),
    ),
    wrong(
        "keeps_input",
        "The input is put beside the output.",
        "This block has no shortcut: `filters` channels go out, and no more.",
        "Return what the ReLU gives, alone.",
        (
            'x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)',
            (
                'before, x = x, layers.Conv2D(filters, 3, padding="same", use_bias=False, '
                'name=name + "_conv")(x)'
            ),
        ),
        (
            'return layers.ReLU(name=name + "_relu")(x)',
            'return layers.Concatenate()([before, layers.ReLU(name=name + "_relu")(x)])',
        ),
    ),
    wrong(
        "dropout",
        "Parts of the feature map are dropped at random during training.",
        "Dropout is not asked for here; the noise of this lesson is in the images.",
        "Leave the dropout out.",
        (
            'return layers.ReLU(name=name + "_relu")(x)',
            'return layers.Dropout(0.3)(layers.ReLU(name=name + "_relu")(x))',
        ),
    ),
    wrong(
        "fixed_name",
        "A layer name does not come from `name`.",
        "The second block in a model would have the same layer name as the first, which Keras refuses.",
        'Build the name from `name`: `name + "_conv"`.',
        ('name=name + "_conv"', 'name="conv"'),
    ),
    wrong(
        "other_names",
        "The layers have other names than the exercise gives them.",
        "The names are part of the goal, so that anyone can find a layer of the network again.",
        "Call them `name_conv`, `name_bn` and `name_relu`, where `name` stands for the argument.",
        ('"_conv"', '"_convolution"'),
        ('"_bn"', '"_norm"'),
        ('"_relu"', '"_activation"'),
    ),
)
