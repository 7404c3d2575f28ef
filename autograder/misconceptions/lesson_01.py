"""What goes wrong in lesson 01."""

from autograder.misconceptions import wrong

GAP = 'layers.GlobalAveragePooling2D(name=name + "_gap")(x)'
HIDDEN = 'layers.Dense(channels // reduction, activation="relu", name=name + "_reduce")(z)'
GATES = 'layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden)'
SCALE = 'return layers.Multiply(name=name + "_scale")([x, s])'

MISCONCEPTIONS = (
    # squeeze
    wrong(
        "squeeze",
        "channel_mean",
        "The average runs over the channels.",
        "The squeeze keeps the channels and averages away height and width.",
        "Average over axes 1 and 2.",
        (GAP, "ops.mean(x, axis=-1)"),
    ),
    wrong(
        "squeeze",
        "one_axis",
        "Only one of the two spatial axes is averaged away.",
        "One number per channel is left only when both height and width are gone.",
        "Average over both axes 1 and 2.",
        (GAP, "ops.mean(x, axis=1)"),
    ),
)
