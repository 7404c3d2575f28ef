"""Misconceptions in `my_attention`: an attention block of the student's own."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "gates_alone",
        "The gates come back, not the refined map.",
        "A network goes on with the feature map; the gates only say how much of it.",
        "Multiply `x` by the gates, and return that.",
        ('return layers.Multiply(name=name + "_scaled")([x, gates])  # (N, H, W, C)', "return gates"),
    ),
    wrong(
        "nothing_done",
        "The input comes back as it is.",
        "A block that does nothing is a fine control, but here it is the block on trial.",
        "Multiply `x` by what your layers found in it.",
        ('return layers.Multiply(name=name + "_scaled")([x, gates])  # (N, H, W, C)', "return x"),
    ),
    wrong(
        "cannot_look",
        "Every image is scaled in the same way: the gates do not come from the input.",
        "Factors that are learned and then fixed are what the control has.",
        "Make the gates from `x`.",
        (
            'layers.GlobalAveragePooling2D(name=name + "_mean")(x)',
            'layers.GlobalAveragePooling2D(name=name + "_mean")(keras.ops.ones_like(x))',
        ),
    ),
    wrong(
        "activation_function",
        "Each value is changed by itself alone.",
        "That is an activation function. Attention lets a value depend on what is around it.",
        "Let the gate also depend on other positions or channels: a mean, a convolution.",
        (
            'return layers.Multiply(name=name + "_scaled")([x, gates])  # (N, H, W, C)',
            "return x * keras.ops.sigmoid(x)",
        ),
    ),
    wrong(
        "adds",
        "The block adds something to x, or puts something in its place.",
        "Its twin scales where the block adds, and is no control for it. What is on trial here scales.",
        "Multiply `x` by what your layers found in it.",
        ('return layers.Multiply(name=name + "_scaled")([x, gates])  # (N, H, W, C)', "return x + gates"),
    ),
    wrong(
        "batch_mixed",
        "The images of a batch are mixed.",
        "A mean over axis 0 looks at the other images. What comes out then depends on the company.",
        "Take means over positions, which are axes 1 and 2, or over channels; never over axis 0.",
        (
            'layers.GlobalAveragePooling2D(name=name + "_mean")(x)',
            "keras.ops.mean(x, axis=(0, 1, 2), keepdims=True)[:, 0, 0] + 0 * x[:, 0, 0]",
        ),
    ),
    wrong(
        "own_division_by_zero",
        "Where a channel is 0 everywhere, the result is not a number.",
        "Something is divided by a deviation or a sum that can be 0, as it is for a dead channel.",
        "Add a small number below the fraction.",
        (
            'return layers.Multiply(name=name + "_scaled")([x, gates])  # (N, H, W, C)',
            "return x * keras.ops.sigmoid(x / keras.ops.std(x, axis=(1, 2), keepdims=True))",
        ),
    ),
    wrong(
        "weights_shared",
        "Two uses of the block share their weights.",
        "A layer that is made once, outside the function, is the same layer wherever it is called.",
        "Make the layers inside the function.",
        code="""\
made_once = layers.Conv1D(1, 3, padding="same", use_bias=False)


def my_attention(x, name):
    z = keras.ops.expand_dims(keras.ops.mean(x, axis=(1, 2)), -1)
    gates = keras.ops.sigmoid(made_once(z))
    return x * keras.ops.reshape(gates, (-1, 1, 1, x.shape[-1]))
""",
    ),
    wrong(
        "dead_weights",
        "Some of the weights can never learn: no gradient reaches them.",
        (
            "Rounding and comparing are flat nearly everywhere, and a layer whose output is not used learns "
            "nothing."
        ),
        "Let all of the block's layers take part in the result, and use smooth functions.",
        ("slide(z)", "keras.ops.round(slide(z))"),
    ),
    wrong(
        "nameless",
        "A layer with weights has another name than the one passed in.",
        "By its name a layer is found again in a network that has the block twice.",
        "Let the name of every layer with weights begin with `name`.",
        (
            'slide = layers.Conv1D(1, 3, padding="same", use_bias=False, name=name + "_slide")',
            'slide = layers.Conv1D(1, 3, padding="same", use_bias=False)',
        ),
    ),
)
