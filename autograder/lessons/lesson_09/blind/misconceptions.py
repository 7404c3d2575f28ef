"""Misconceptions in `blind`: the same attention, which cannot see its input."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_control",
        "The control is the block itself.",
        "It sees the input, so block and control cannot differ by looking.",
        "Show the attention a map of ones.",
        ("return x * attention(keras.ops.ones_like(x), name)  # (N, H, W, C)", "return attention(x, name)"),
    ),
    wrong(
        "control_without_weights",
        "The control has no weights: it is not of equal cost.",
        "A block may help by its weights alone. A control without them cannot tell.",
        "Call `attention` on a map of ones, and multiply `x` by what comes back.",
        ("return x * attention(keras.ops.ones_like(x), name)  # (N, H, W, C)", "return x"),
    ),
    wrong(
        "gates_without_input",
        "The attention's answer to the ones comes back by itself.",
        "Nothing of the input is left, so nothing can be recognised behind it.",
        "Multiply `x` by it.",
        (
            "return x * attention(keras.ops.ones_like(x), name)  # (N, H, W, C)",
            "return attention(keras.ops.ones_like(x), name)",
        ),
    ),
    wrong(
        "shown_zeros",
        "The attention is shown a map of zeros.",
        "What it returns is then 0 whatever its gates are, and so is the control.",
        "Show it ones: ones times the gates are the gates.",
        ("ones_like", "zeros_like"),
    ),
    wrong(
        "gated_twice",
        "The control looks after all: the block's own output is scaled.",
        "`attention(x)` depends on the input; a control must not.",
        "Multiply `x` itself.",
        ("return x *", "return attention(x, name + '_seen') *"),
    ),
    wrong(
        "mean_shown",
        "The attention is shown the mean of the image.",
        "That is less than the image, but it is still looking: the gates differ from image to image.",
        "Show it ones.",
        ("keras.ops.ones_like(x)", "0 * x + keras.ops.mean(x, axis=(1, 2, 3), keepdims=True)"),
    ),
    wrong(
        "added",
        "The gates are added to the input.",
        "Attention scales, and its control has to do the same thing.",
        "Multiply.",
        ("return x * ", "return x + "),
    ),
    wrong(
        "called_at_once",
        "The inner function is called instead of returned.",
        "`blind` makes a function. Somebody else calls it later, with a feature map and a name.",
        "Write `return control`, without brackets.",
        ("return control", "return control(attention, 'blind')"),
    ),
    wrong(
        "divided_by_itself",
        "Where the input is 0, the result is not a number.",
        "`x / x` is 1 nearly everywhere, but 0 / 0 is no number, and behind a ReLU many values are 0.",
        "Use `keras.ops.ones_like(x)`.",
        ("keras.ops.ones_like(x)", "x / x"),
    ),
)
