"""Misconceptions in `channel_pool`: mean and maximum over the channels at every position."""

from autograder.keys.misconceptions import variant, wrong

MISCONCEPTIONS = (
    wrong(
        "cut_at_zero",
        "The maximum never falls below zero.",
        "Where all channels are negative, the largest of them is negative too.",
        "Take the maximum of `x` itself, without a ReLU.",
        (
            "keras.ops.max(x, axis=-1, keepdims=True)",
            "keras.ops.relu(keras.ops.max(x, axis=-1, keepdims=True))",
        ),
    ),
    wrong(
        "over_positions",
        "Height and width are pooled away.",
        "That is the squeeze of lesson 01. Here the channels go, and the map keeps its height and width.",
        "Pool over the last axis.",
        ("keras.ops.mean(x, axis=-1, keepdims=True)", "ops.mean(x, axis=(1, 2), keepdims=True)"),
        ("keras.ops.max(x, axis=-1, keepdims=True)", "ops.max(x, axis=(1, 2), keepdims=True)"),
    ),
    wrong(
        "joined_in_width",
        "The two maps are joined side by side along the width.",
        "They should lie on top of each other as channels. Once the channel axis is gone, the width is last.",
        "Keep the pooled axis with size 1, and join on the last axis.",
        ("keras.ops.mean(x, axis=-1, keepdims=True)", "ops.mean(x, axis=-1)"),
        ("keras.ops.max(x, axis=-1, keepdims=True)", "ops.max(x, axis=-1)"),
    ),
    wrong(
        "joined_in_height",
        "The two maps are joined along the height.",
        "They should lie on top of each other, as two channels.",
        "Concatenate on the last axis.",
        (
            'layers.Concatenate(name=name + "_pool")([mean, largest])',
            'layers.Concatenate(axis=1, name=name + "_pool")([mean, largest])',
        ),
    ),
    wrong(
        "channel_axis_first",
        "The two maps are stacked on a new axis before height and width.",
        "In this course the channels come last.",
        "Put the two maps together on the last axis.",
        (
            'layers.Concatenate(name=name + "_pool")([mean, largest])',
            "ops.stack([mean[..., 0], largest[..., 0]], axis=1)",
        ),
    ),
    wrong(
        "added",
        "The two maps are added.",
        "Then nobody can tell mean and maximum apart. The convolution needs both.",
        "Put them side by side as two channels.",
        ('layers.Concatenate(name=name + "_pool")([mean, largest])', "mean + largest"),
    ),
    wrong(
        "mean_only",
        "Only the mean comes back.",
        "The maximum is missing.",
        "Return both maps, as two channels.",
        ('layers.Concatenate(name=name + "_pool")([mean, largest])', "mean"),
    ),
    wrong(
        "maximum_only",
        "Only the maximum comes back.",
        "The mean is missing.",
        "Return both maps, as two channels.",
        ('layers.Concatenate(name=name + "_pool")([mean, largest])', "largest"),
    ),
    wrong(
        "mean_twice",
        "Both maps are the mean.",
        "The second one should hold the largest value over the channels.",
        "Change one of the two into the maximum.",
        ("keras.ops.max(x, axis=-1, keepdims=True)", "keras.ops.mean(x, axis=-1, keepdims=True)"),
    ),
    wrong(
        "maximum_twice",
        "Both maps are the maximum.",
        "The first one should hold the average over the channels.",
        "Change one of the two into the mean.",
        ("keras.ops.mean(x, axis=-1, keepdims=True)", "keras.ops.max(x, axis=-1, keepdims=True)"),
    ),
    wrong(
        "minimum",
        "The smallest value is taken where the largest is asked for.",
        "The maximum shows where any channel answers strongly.",
        "Take the maximum.",
        ("keras.ops.max(x, axis=-1, keepdims=True)", "ops.min(x, axis=-1, keepdims=True)"),
    ),
    wrong(
        "sum",
        "The channels are added up, but not averaged.",
        "A sum grows with the number of channels; the mean does not.",
        "Take the mean.",
        ("keras.ops.mean(x, axis=-1, keepdims=True)", "ops.sum(x, axis=-1, keepdims=True)"),
    ),
    wrong(
        "magnitude",
        "The signs are gone: absolute values are pooled.",
        "Negative values count as negative here.",
        "Pool the values as they are.",
        ("keras.ops.mean(x, axis=-1, keepdims=True)", "ops.mean(ops.abs(x), axis=-1, keepdims=True)"),
        ("keras.ops.max(x, axis=-1, keepdims=True)", "ops.max(ops.abs(x), axis=-1, keepdims=True)"),
    ),
    wrong(
        "which_channel",
        "The number of the strongest channel comes back, not its value.",
        "`argmax` says which one is largest, `max` how large it is.",
        "Take the maximum itself.",
        (
            "keras.ops.max(x, axis=-1, keepdims=True)",
            'ops.cast(ops.argmax(x, axis=-1, keepdims=True), "float32")',
        ),
    ),
    wrong(
        "not_joined",
        "Two tensors come back, not one.",
        "The convolution takes one tensor with two channels.",
        "Join the two maps on the last axis.",
        ('layers.Concatenate(name=name + "_pool")([mean, largest])', "[mean, largest]"),
    ),
    wrong(
        "fixed_name",
        "The layer name does not come from `name`.",
        "The second block in a model would have the same layer name as the first, which Keras refuses.",
        'Build the name from `name`, such as `name + "_maps"`.',
        ('Concatenate(name=name + "_pool")', 'Concatenate(name="pool")'),
    ),
)

# Right answers that give other numbers.
VARIANTS = (variant("largest_first", ("[mean, largest]", "[largest, mean]")),)
