"""Misconceptions in `channel_attention`: every channel scaled by its own gate."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "adds",
        "The gates are added, not multiplied.",
        "To scale is to multiply: a gate of 0 has to close its channel.",
        "Multiply the feature map by the gates.",
        ("layers.Multiply(", "layers.Add("),
    ),
    wrong(
        "no_new_axes",
        "The gates (N, C) do not line up with the feature map.",
        "Axes are matched from the right, so the batch axis of the gates meets the width of the map.",
        "Give the gates two axes of size 1 before multiplying: (N, 1, 1, C).",
        ('s = layers.Reshape((1, 1, channels), name=name + "_reshape")(s)', ""),
        ('layers.Multiply(name=name + "_scale")([x, s])', "x * s"),
    ),
    wrong(
        "returns_gates",
        "The gates come back, not the feature map.",
        "The block refines the feature map; the next layer expects (N, H, W, C).",
        "Multiply `x` by the gates and return that.",
        ('return layers.Multiply(name=name + "_scale")([x, s])', "return s"),
    ),
    wrong(
        "shortcut",
        "The input is added back at the end.",
        "This block has no shortcut: with one, every channel is scaled by more than 1.",
        "Return the scaled map alone.",
        (
            'return layers.Multiply(name=name + "_scale")([x, s])',
            'return x + layers.Multiply(name=name + "_scale")([x, s])',
        ),
    ),
    wrong(
        "scales_descriptor",
        "The gates scale the descriptor, not the feature map.",
        "The descriptor was only the way to the gates.",
        "Multiply `x` by the gates.",
        (
            'layers.Multiply(name=name + "_scale")([x, s])',
            'layers.Multiply(name=name + "_scale")([layers.Reshape((1, 1, channels))(z), s])',
        ),
    ),
    wrong(
        "no_squeeze",
        "The excitation runs on the whole feature map.",
        "Each position then gets gates of its own. One gate has to serve a whole channel.",
        "Squeeze first, and hand the descriptor to the excitation.",
        ("z = squeeze(x, name)", "z = x"),
        ('s = layers.Reshape((1, 1, channels), name=name + "_reshape")(s)', ""),
    ),
    wrong(
        "no_excitation",
        "The descriptor is used as the gates.",
        "It can be any number. The excitation turns it into gates between 0 and 1.",
        "Hand the descriptor to `excitation` first.",
        ("s = excitation(z, channels, reduction, name)", "s = z"),
    ),
    wrong(
        "sigmoid_of_descriptor",
        "The gates are a sigmoid of the descriptor, and nothing is learned.",
        "The two layers of the excitation are missing.",
        "Use your `excitation`.",
        ("s = excitation(z, channels, reduction, name)", "s = ops.sigmoid(z)"),
    ),
    wrong(
        "fixed_reduction",
        "The reduction is always 16, whatever is asked for.",
        "16 is only the default of the argument `reduction`.",
        "Hand `reduction` on to `excitation`.",
        (
            "s = excitation(z, channels, reduction, name)",
            "s = excitation(z, channels, 4 if channels < 16 else 16, name)",
        ),
    ),
    wrong(
        "width_for_reduction",
        "The hidden width is handed over where the reduction belongs.",
        "`excitation` does the division itself.",
        "Hand `reduction` on as it is.",
        ("channels, reduction, name", "channels, channels // reduction, name"),
    ),
    wrong(
        "other_default",
        "The default of `reduction` has changed.",
        "The exercise fixes it at 16, so that blocks without the argument agree.",
        "Set the default in the `def` line back to 16.",
        ("reduction: int = 16", "reduction: int = 8"),
    ),
    wrong(
        "squares",
        "The gates are applied twice.",
        "Each channel is scaled once by its gate.",
        "Multiply once.",
        ('layers.Multiply(name=name + "_scale")([x, s])', 'layers.Multiply(name=name + "_scale")([x, s, s])'),
    ),
    wrong(
        "inverted",
        "The map is multiplied by 1 minus the gates.",
        "A gate near 1 should leave its channel open.",
        "Multiply by the gates themselves.",
        (
            'layers.Multiply(name=name + "_scale")([x, s])',
            'layers.Multiply(name=name + "_scale")([x, 1 - s])',
        ),
    ),
    wrong(
        "divides",
        "The map is divided by the gates.",
        "A closed gate would blow its channel up instead of silencing it.",
        "Multiply.",
        ('layers.Multiply(name=name + "_scale")([x, s])', "x / s"),
    ),
    wrong(
        "gates_per_position",
        "Every position has a gate, shared by all channels.",
        "That is spatial attention, the next lesson. Here a channel is scaled as a whole.",
        "Pool over height and width, and keep the channels.",
        ("z = squeeze(x, name)", "z = ops.mean(x, axis=-1, keepdims=True)"),
        ("s = excitation(z, channels, reduction, name)", "s = ops.sigmoid(z)"),
        ('s = layers.Reshape((1, 1, channels), name=name + "_reshape")(s)', ""),
    ),
    wrong(
        "frozen_gates",
        "No gradient reaches the gates.",
        "Gates that cannot learn stay where chance put them.",
        "Take the `stop_gradient` out.",
        (
            "s = excitation(z, channels, reduction, name)",
            "s = ops.stop_gradient(excitation(z, channels, reduction, name))",
        ),
    ),
    wrong(
        "name_not_passed",
        "A fixed name goes to your own functions.",
        "The second block in a model would have the same layer names as the first.",
        "Hand `name` on to `squeeze` and `excitation`.",
        ("reduction, name)", 'reduction, "block")'),
    ),
)
