"""Misconceptions in `squeeze`: one number per channel, its average over height and width."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "channel_mean",
        "The average runs over the channels.",
        "The squeeze keeps the channels and averages away height and width.",
        "Average over axes 1 and 2.",
        ('layers.GlobalAveragePooling2D(name=name + "_gap")(x)', "ops.mean(x, axis=-1)"),
    ),
    wrong(
        "height_only",
        "Only the height is averaged away.",
        "One number per channel is left only when both height and width are gone.",
        "Average over both axes 1 and 2.",
        ('layers.GlobalAveragePooling2D(name=name + "_gap")(x)', "ops.mean(x, axis=1)"),
    ),
    wrong(
        "width_only",
        "Only the width is averaged away.",
        "One number per channel is left only when both height and width are gone.",
        "Average over both axes 1 and 2.",
        ('layers.GlobalAveragePooling2D(name=name + "_gap")(x)', "ops.mean(x, axis=2)"),
    ),
    wrong(
        "channels_first",
        "The axes are those of channels-first images.",
        "Here the channels come last: axes 1 and 2 are height and width, axis 3 holds the channels.",
        "Average over axes 1 and 2 instead of 2 and 3.",
        ('layers.GlobalAveragePooling2D(name=name + "_gap")(x)', "ops.mean(x, axis=(2, 3))"),
    ),
    wrong(
        "everything",
        "The average runs over everything, channels included.",
        "One number is left for a whole image, where one per channel is asked for.",
        "Leave the last axis out of the average.",
        ('layers.GlobalAveragePooling2D(name=name + "_gap")(x)', "ops.mean(x, axis=(1, 2, 3))"),
    ),
    wrong(
        "batch_too",
        "The average runs over the batch as well.",
        "Every image needs a descriptor of its own, whatever else is in the batch.",
        "Leave axis 0 out of the average.",
        ('layers.GlobalAveragePooling2D(name=name + "_gap")(x)', "ops.mean(x, axis=(0, 1, 2))"),
    ),
    wrong(
        "sum",
        "The positions are added up, but not averaged.",
        "The formula divides by H · W, so that large and small maps give descriptors of one size.",
        "Take the mean instead of the sum.",
        ('layers.GlobalAveragePooling2D(name=name + "_gap")(x)', "ops.sum(x, axis=(1, 2))"),
    ),
    wrong(
        "maximum",
        "The largest value of each channel is taken, not the average.",
        "The maximum sees one position; the squeeze listens to all of them.",
        "Use the average.",
        (
            'layers.GlobalAveragePooling2D(name=name + "_gap")(x)',
            'layers.GlobalMaxPooling2D(name=name + "_gmp")(x)',
        ),
    ),
    wrong(
        "magnitude",
        "The average is taken of the size of the values, without their sign.",
        "Negative values count as negative in the formula, so that they can cancel positive ones.",
        "Average the values as they are.",
        ('layers.GlobalAveragePooling2D(name=name + "_gap")(x)', "ops.mean(ops.abs(x), axis=(1, 2))"),
    ),
    wrong(
        "flatten",
        "The map is flattened, not averaged.",
        "Flattening keeps every position. The squeeze leaves one number per channel.",
        "Average over height and width.",
        ('layers.GlobalAveragePooling2D(name=name + "_gap")(x)', 'layers.Flatten(name=name + "_flat")(x)'),
    ),
    wrong(
        "fixed_name",
        "The layer name does not come from `name`.",
        "The second block in a model would have the same layer name as the first, which Keras refuses.",
        'Build the name from `name`, such as `name + "_mean"`.',
        ('name=name + "_gap"', 'name="gap"'),
    ),
    wrong(
        "uncalled_layer",
        "A layer comes back where a tensor should.",
        "A layer is made first and called second: `layers.SomeLayer(...)(x)`.",
        "Call the layer on `x`, and return what comes out.",
        (
            'layers.GlobalAveragePooling2D(name=name + "_gap")(x)',
            'layers.GlobalAveragePooling2D(name=name + "_gap")',
        ),
    ),
)
