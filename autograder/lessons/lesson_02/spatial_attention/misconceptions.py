"""Misconceptions in `spatial_attention`: every position scaled by its own number."""

from autograder.keys.misconceptions import variant, wrong

MISCONCEPTIONS = (
    wrong(
        "small_kernel",
        "The kernel is 3×3.",
        "It looks one pixel far. The exercise asks for 7×7, unless another size is handed in.",
        "Hand `kernel_size` on to the convolution.",
        ("1, kernel_size,", "1, 3,"),
    ),
    wrong(
        "middle_kernel",
        "The kernel is 5×5.",
        "The exercise asks for 7×7, unless another size is handed in.",
        "Hand `kernel_size` on to the convolution.",
        ("1, kernel_size,", "1, 5,"),
    ),
    wrong(
        "one_by_one",
        "The kernel is 1×1.",
        "It sees no neighbours, so the map cannot look around a position.",
        "Hand `kernel_size` on to the convolution.",
        ("1, kernel_size,", "1, 1,"),
    ),
    wrong(
        "fixed_kernel",
        "The kernel is always 7×7, whatever is asked for.",
        "7 is only the default of the argument `kernel_size`.",
        "Hand `kernel_size` on to the convolution.",
        ("1, kernel_size,", "1, 7,"),
    ),
    wrong(
        "dilated",
        "The kernel has gaps.",
        "A dilated kernel looks further but skips pixels in between; the exercise has none.",
        "Leave `dilation_rate` out.",
        ("1, kernel_size,", "1, kernel_size, dilation_rate=2,"),
    ),
    wrong(
        "shrinks",
        "The map is smaller than the feature map.",
        "Without padding a 7×7 kernel takes three pixels off each side.",
        'Keep the size with `padding="same"`.',
        ('padding="same"', 'padding="valid"'),
    ),
    wrong(
        "strided",
        "The convolution skips every second position.",
        "The map needs one number for every position.",
        "Leave the strides at 1.",
        ("1, kernel_size,", "1, kernel_size, strides=2,"),
    ),
    wrong(
        "relu_before_sigmoid",
        "A ReLU stands before the sigmoid, so the map is never below one half.",
        "Without negative scores no position can be turned down further than half.",
        "Leave the ReLU out.",
        ('activation="sigmoid"', 'activation="relu"'),
        ("convolution(pooled)", "ops.sigmoid(convolution(pooled))"),
    ),
    wrong(
        "softmax_over_positions",
        "A softmax makes the positions compete.",
        "The whole map then adds up to 1, and every position is turned down nearly to nothing.",
        "Use a sigmoid at every position.",
        ('activation="sigmoid"', 'activation="linear"'),
        (
            'return layers.Multiply(name=name + "_scale")([x, convolution(pooled)])',
            (
                "flat = ops.reshape(convolution(pooled), (-1, x.shape[1] * x.shape[2]))\n"
                "    mask = ops.reshape(ops.softmax(flat, axis=-1), (-1, x.shape[1], x.shape[2], 1))\n"
                "    return x * mask"
            ),
        ),
    ),
    wrong(
        "softmax",
        "A softmax over one channel is 1 everywhere.",
        "With a single score to share it among, that score gets everything, and nothing is scaled.",
        "Use a sigmoid.",
        ('activation="sigmoid"', 'activation="softmax"'),
    ),
    wrong(
        "no_sigmoid",
        "The convolution has no activation.",
        "Its scores can be any number; the map lies between 0 and 1.",
        "Finish with a sigmoid.",
        ('activation="sigmoid", ', ""),
    ),
    wrong(
        "tanh",
        "The map comes from a tanh and is partly negative.",
        "A negative weight would turn the sign around. The map only opens or closes.",
        "Use a sigmoid.",
        ('activation="sigmoid"', 'activation="tanh"'),
    ),
    wrong(
        "hard_sigmoid",
        "The map comes from a hard sigmoid.",
        "It is made of straight lines, and quite flat outside the middle. The equation has the smooth one.",
        "Use `sigmoid`.",
        ('activation="sigmoid"', 'activation="hard_sigmoid"'),
    ),
    wrong(
        "relu",
        "The map comes from a ReLU.",
        "It has no upper end: positions would be made larger, not only smaller.",
        "Use a sigmoid.",
        ('activation="sigmoid"', 'activation="relu"'),
    ),
    wrong(
        "convolves_input",
        "The convolution runs on the feature map itself.",
        "Pooling first leaves two maps, so that the kernel stays small and every channel counts alike.",
        "Pool over the channels, then convolve.",
        ("pooled = channel_pool(x, name)", "pooled = x"),
    ),
    wrong(
        "mean_map_only",
        "Only the mean map is convolved.",
        "The maximum over the channels belongs to the input of the convolution as well.",
        "Give the convolution both maps.",
        ("pooled = channel_pool(x, name)", "pooled = ops.mean(x, axis=-1, keepdims=True)"),
    ),
    wrong(
        "maximum_map_only",
        "Only the maximum map is convolved.",
        "The mean over the channels belongs to the input of the convolution as well.",
        "Give the convolution both maps.",
        ("pooled = channel_pool(x, name)", "pooled = ops.max(x, axis=-1, keepdims=True)"),
    ),
    wrong(
        "map_per_channel",
        "There is a map for every channel.",
        "Spatial attention has one map that all channels share.",
        "Give the convolution a single filter.",
        ("1, kernel_size,", "x.shape[-1], kernel_size,"),
    ),
    wrong(
        "two_filters",
        "The convolution has two filters.",
        "Two maps do not line up with the channels; one map is asked for.",
        "Give the convolution a single filter.",
        ("1, kernel_size,", "2, kernel_size,"),
    ),
    wrong(
        "no_convolution",
        "The map is the sigmoid of the pooled mean, and nothing is learned.",
        "The convolution is missing.",
        "Convolve the two pooled maps.",
        ("convolution(pooled)", "ops.sigmoid(ops.mean(x, axis=-1, keepdims=True))"),
    ),
    wrong(
        "adds",
        "The map is added, not multiplied.",
        "To scale is to multiply: a 0 in the map has to silence its position.",
        "Multiply the feature map by the map.",
        ("layers.Multiply(", "layers.Add("),
    ),
    wrong(
        "shortcut",
        "The input is added back at the end.",
        "This block has no shortcut, so every position is scaled by more than 1.",
        "Return the scaled feature map alone.",
        (
            'return layers.Multiply(name=name + "_scale")([x, convolution(pooled)])',
            'return x + layers.Multiply(name=name + "_scale")([x, convolution(pooled)])',
        ),
    ),
    wrong(
        "returns_map",
        "The map comes back, not the feature map.",
        "The block refines the feature map; the next layer expects (N, H, W, C).",
        "Multiply `x` by the map and return that.",
        (
            'return layers.Multiply(name=name + "_scale")([x, convolution(pooled)])',
            "return convolution(pooled)",
        ),
    ),
    wrong(
        "scales_pooled",
        "The map scales the two pooled maps, not the feature map.",
        "Pooling was only the way to the map.",
        "Multiply `x` by the map.",
        ("[x, convolution(pooled)]", "[pooled, convolution(pooled)]"),
    ),
    wrong(
        "inverted",
        "The feature map is multiplied by 1 minus the map.",
        "A value near 1 should leave its position open.",
        "Multiply by the map itself.",
        ("convolution(pooled)", "1 - convolution(pooled)"),
    ),
    wrong(
        "squares",
        "The map is applied twice.",
        "Each position is scaled once.",
        "Multiply once.",
        ("convolution(pooled)", "convolution(pooled), convolution(pooled)"),
    ),
    wrong(
        "channel_gates",
        "Whole channels are scaled: that is channel attention.",
        "The gates vary from channel to channel and not from position to position.",
        "Pool over the channels, so that height and width stay.",
        (
            "convolution(pooled)",
            (
                'layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_fc")'
                "(ops.mean(x, axis=(1, 2), keepdims=True))"
            ),
        ),
    ),
    wrong(
        "other_default",
        "The default of `kernel_size` has changed.",
        "The exercise fixes it at 7, so that blocks without the argument agree.",
        "Set the default in the `def` line back to 7.",
        ("kernel_size: int = 7", "kernel_size: int = 3"),
    ),
    wrong(
        "frozen_map",
        "No gradient reaches the convolution.",
        "A map that cannot learn stays where chance put it.",
        "Take the `stop_gradient` out.",
        ("convolution(pooled)", "ops.stop_gradient(convolution(pooled))"),
    ),
    wrong(
        "fixed_name",
        "The convolution's name does not come from `name`.",
        "The second block in a model would have the same layer name as the first, which Keras refuses.",
        'Build the name from `name`, such as `name + "_map"`.',
        ('name=name + "_map"', 'name="map"'),
    ),
    wrong(
        "no_name",
        "The convolution has no name of yours.",
        "Keras makes up a name such as `conv2d_7`, and nobody can find the layer again.",
        "Give it `name=` and build it from `name`.",
        (', name=name + "_map"', ""),
    ),
)

# Right answers that give other numbers.
VARIANTS = (variant("with_bias", ("use_bias=False", "use_bias=True")),)
