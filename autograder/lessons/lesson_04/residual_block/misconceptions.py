"""Misconceptions in `residual_block`: two 3×3 convolutions, and the input added."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_last_relu",
        "The last ReLU is missing.",
        "The sum can be negative, and here every block ends with a ReLU. (A pre-activation block does not.)",
        "Apply a ReLU after the addition.",
        ('return layers.ReLU(name=name + "_relu2")(y)', "return y"),
    ),
    wrong(
        "relu_before_addition",
        "The branch ends with a ReLU before the addition, and none follows.",
        "Then the change can never be negative, and the block can only add.",
        "Add first, then the last ReLU.",
        (
            'y = layers.Add(name=name + "_add")([y, x])',
            'return layers.Add(name=name + "_add")([layers.ReLU()(y), x])',
        ),
    ),
    wrong(
        "three_relus",
        "There is a ReLU at the end of the branch, and one after the addition.",
        "Then the change can never be negative, and the block can only add.",
        "Leave out the ReLU between the second normalisation and the addition.",
        (
            'y = layers.Add(name=name + "_add")([y, x])',
            'y = layers.Add(name=name + "_add")([layers.ReLU()(y), x])',
        ),
    ),
    wrong(
        "no_shortcut",
        "The input is not added.",
        "That is a plain block: what its layers do not pass on is lost.",
        "Add `x` to what the second normalisation gives.",
        ('y = layers.Add(name=name + "_add")([y, x])', ""),
    ),
    wrong(
        "shortcut_of_hidden",
        "Not the input is added, but what the first convolution made of it.",
        "The way past has to go past both convolutions.",
        "Keep `x` under its own name, and add that.",
        (
            '    y = layers.ReLU(name=name + "_relu1")(y)',
            '    y = layers.ReLU(name=name + "_relu1")(y)\n    hidden = y',
        ),
        ('y = layers.Add(name=name + "_add")([y, x])', 'y = layers.Add(name=name + "_add")([y, hidden])'),
    ),
    wrong(
        "concatenates",
        "The input is put beside the branch, not added.",
        "Joining makes the map wider with every block; a residual block keeps `filters` channels.",
        "Use `layers.Add`.",
        ('y = layers.Add(name=name + "_add")([y, x])', 'y = layers.Concatenate(name=name + "_add")([y, x])'),
    ),
    wrong(
        "multiplies",
        "The input and the branch are multiplied.",
        "An empty branch would then wipe the input out.",
        "Use `layers.Add`.",
        ('y = layers.Add(name=name + "_add")([y, x])', 'y = layers.Multiply(name=name + "_add")([y, x])'),
    ),
    wrong(
        "averages",
        "The input and the branch are averaged.",
        "Each block would then halve its input, and twenty blocks would leave a millionth of it.",
        "Use `layers.Add`.",
        ('y = layers.Add(name=name + "_add")([y, x])', 'y = layers.Average(name=name + "_add")([y, x])'),
    ),
    wrong(
        "subtracts",
        "The branch is subtracted from the input.",
        "The equation adds it; the convolution learns the sign.",
        "Use `layers.Add`.",
        ('y = layers.Add(name=name + "_add")([y, x])', 'y = layers.Subtract(name=name + "_add")([x, y])'),
    ),
    wrong(
        "adds_twice",
        "The input is added twice.",
        "Once is enough to pass it on; twice doubles it in every block.",
        "Add `x` once.",
        ('y = layers.Add(name=name + "_add")([y, x])', 'y = layers.Add(name=name + "_add")([y, x, x])'),
    ),
    wrong(
        "relu_on_shortcut",
        "The input goes through a ReLU of its own before it is added.",
        "Here the input may be negative, and the way past should change nothing.",
        "Add `x` as it came in.",
        (
            'y = layers.Add(name=name + "_add")([y, x])',
            'y = layers.Add(name=name + "_add")([y, layers.ReLU()(x)])',
        ),
    ),
    wrong(
        "one_convolution",
        "There is only one convolution in the branch.",
        "With a single layer there is no ReLU inside, so the change is linear in `x`.",
        "Put a ReLU and a second 3×3 convolution behind the first.",
        ('    y = layers.ReLU(name=name + "_relu1")(y)', ""),
        ('layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv2")(y)', "y"),
    ),
    wrong(
        "no_relu_between",
        "There is no ReLU between the two convolutions.",
        "Two convolutions with nothing between them are no more than one larger convolution.",
        "Put a ReLU behind the first normalisation.",
        ('    y = layers.ReLU(name=name + "_relu1")(y)', ""),
    ),
    wrong(
        "sigmoid_between",
        "There is a sigmoid between the two convolutions.",
        "It squeezes everything into (0, 1), and an empty first layer would give one half.",
        "Use a ReLU.",
        ('    y = layers.ReLU(name=name + "_relu1")(y)', '    y = layers.Activation("sigmoid")(y)'),
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
        "Then an empty block does not pass on its input, and the way past has weights in it.",
        "Project only when the shapes differ.",
        ("if strides > 1 or x.shape[-1] != filters:", "if True:"),
    ),
    wrong(
        "projects_for_channels_only",
        "The projection is missing where only the size changes.",
        "A block with strides needs it even when the number of channels stays.",
        "Project when `strides` is above 1 *or* the channels differ.",
        ("if strides > 1 or x.shape[-1] != filters:", "if x.shape[-1] != filters:"),
    ),
    wrong(
        "projects_for_strides_only",
        "The projection is missing where only the channels change.",
        "A block with other channels needs it even when the size stays.",
        "Project when `strides` is above 1 *or* the channels differ.",
        ("if strides > 1 or x.shape[-1] != filters:", "if strides > 1:"),
    ),
    wrong(
        "projection_without_strides",
        "The projection has no strides.",
        "Then `x` stays large while the branch gets small.",
        "Give the 1×1 convolution the same strides.",
        (
            'layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_project")(x)',
            'layers.Conv2D(filters, 1, use_bias=False, name=name + "_project")(x)',
        ),
    ),
    wrong(
        "wide_projection",
        "The projection is a 3×3 convolution.",
        "The way past only has to change the shape: one position at a time is enough.",
        "Use a kernel of 1×1.",
        (
            'layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_project")(x)',
            'layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_project")(x)',
        ),
    ),
    wrong(
        "projection_with_relu",
        "The projection ends with a ReLU.",
        "The way past should let negative values through.",
        "Add what the projection's normalisation gives.",
        (
            'layers.BatchNormalization(momentum=0.9, name=name + "_norm3")(x)',
            'layers.ReLU()(layers.BatchNormalization(momentum=0.9, name=name + "_norm3")(x))',
        ),
    ),
    wrong(
        "both_strided",
        "Both convolutions have the strides.",
        "Then the branch is four times smaller where the shortcut is half as large.",
        "Only the first convolution has the strides.",
        (
            'layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv2")(y)',
            'layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_conv2")(y)',
        ),
    ),
    wrong(
        "strides_ignored",
        "`strides` is not used.",
        "The size stays where it should be halved.",
        "Hand `strides` on to the first convolution and to the projection.",
        (
            'layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_conv1")(x)',
            'layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv1")(x)',
        ),
        (
            'layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_project")(x)',
            'layers.Conv2D(filters, 1, use_bias=False, name=name + "_project")(x)',
        ),
    ),
    wrong(
        "second_strided",
        "The second convolution has the strides, not the first.",
        "The shapes fit, but the first convolution then works on four times as many positions as it should.",
        "Give the strides to the first convolution.",
        (
            'layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_conv1")(x)',
            'layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv1")(x)',
        ),
        (
            'layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv2")(y)',
            'layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_conv2")(y)',
        ),
    ),
    wrong(
        "shrinks",
        "The branch is smaller than the input.",
        "Without padding each 3×3 convolution takes one position off every side.",
        'Keep the size with `padding="same"`.',
        ('padding="same"', 'padding="valid"'),
    ),
    wrong(
        "one_by_one",
        "The kernels are 1×1.",
        "They see no neighbours.",
        "Use 3×3 kernels in the branch.",
        ("filters, 3,", "filters, 1,"),
    ),
    wrong(
        "no_norm",
        "A batch normalisation is missing in the branch.",
        "A normalisation follows each convolution: it keeps the values of a deep network in one range.",
        "Put a batch normalisation behind each 3×3 convolution.",
        ('    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm1")(y)\n', ""),
    ),
    wrong(
        "bare_projection",
        "The projection has no batch normalisation.",
        "A normalisation follows each convolution, the 1×1 one on the way past too.",
        "Normalise what the 1×1 convolution gives, then add it.",
        ('layers.BatchNormalization(momentum=0.9, name=name + "_norm3")(x)', "x"),
    ),
    wrong(
        "relu_before_norm",
        "The ReLU comes before the normalisation.",
        "The equation normalises what the convolution gives; the ReLU then cuts off about half of it.",
        "Convolve, normalise, then the ReLU.",
        (
            (
                '    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm1")(y)\n'
                '    y = layers.ReLU(name=name + "_relu1")(y)'
            ),
            (
                '    y = layers.ReLU(name=name + "_relu1")(y)\n'
                '    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm1")(y)'
            ),
        ),
    ),
    wrong(
        "norm_after_addition",
        "The second normalisation comes after the addition.",
        "Then the input is normalised on its way past as well.",
        "Normalise what the second convolution gives, then add `x`.",
        ('    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm2")(y)\n', ""),
        (
            'y = layers.Add(name=name + "_add")([y, x])',
            (
                'y = layers.Add(name=name + "_add")([y, x])\n'
                '    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm2")(y)'
            ),
        ),
    ),
    wrong(
        "bare_norm",
        "The normalisations learn no factor or no shift.",
        "Both belong to them: they give back to each channel the size and the middle that suit it.",
        "Leave `center` and `scale` as they are.",
        ("momentum=0.9,", "momentum=0.9, center=False,"),
    ),
    wrong(
        "pre_activation",
        "Normalisation and ReLU come before each convolution, and nothing follows the addition.",
        "That is a pre-activation block, which lesson 08 is about; here each convolution comes first.",
        "Convolve, normalise, then the ReLU; add the input, and end with a ReLU.",
        (
            'layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_conv1")(x)',
            (
                'layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_conv1")'
                "(layers.ReLU()(layers.BatchNormalization()(x)))"
            ),
        ),
        ('    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm2")(y)\n', ""),
        ('return layers.ReLU(name=name + "_relu2")(y)', "return y"),
    ),
    wrong(
        "padded_shortcut",
        "Where the shapes differ, every other position of the input is kept and empty channels are added.",
        "That is option A of the ResNet paper. It has no weights; here the paper's option B is asked for.",
        "Send `x` through a 1×1 convolution and a normalisation.",
        (
            'layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_project")(x)',
            (
                "keras.ops.pad(x[:, ::strides, ::strides, :filters], "
                "3 * [(0, 0)] + [(0, max(0, filters - x.shape[-1]))])"
            ),
        ),
        ('layers.BatchNormalization(momentum=0.9, name=name + "_norm3")(x)', "x"),
    ),
    wrong(
        "pooled_shortcut",
        "The way past is pooled before the 1×1 convolution, which has no strides.",
        "Pooling mixes the values of neighbours; the equation only skips positions.",
        "Give the 1×1 convolution the strides, and leave out the pooling.",
        (
            'layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_project")(x)',
            (
                'layers.Conv2D(filters, 1, use_bias=False, name=name + "_project")'
                '(layers.AveragePooling2D(strides, padding="same")(x))'
            ),
        ),
    ),
    wrong(
        "fixed_name",
        "The layer names do not come from `name`.",
        "The second block in a model would have the same names as the first, which Keras refuses.",
        'Build every name from `name`, such as `name + "_conv1"`.',
        ('name=name + "_conv1"', 'name="conv1"'),
    ),
    wrong(
        "no_name",
        "A convolution has no name of yours.",
        "Keras makes up a name such as `conv2d_7`, and nobody can find the layer again.",
        "Give it `name=` and build it from `name`.",
        (', name=name + "_conv1"', ""),
    ),
)
