"""Misconceptions in `naive_attention`: the trunk scaled by the mask."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "adds",
        "The mask is added.",
        "A mask scales.",
        "Return mask times trunk.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "mask + trunk"),
    ),
    wrong(
        "one_plus",
        "This is attention residual learning.",
        "The naive form has no 1: it is here to be compared with.",
        "Return mask times trunk.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "(1 + mask) * trunk"),
    ),
    wrong(
        "mask_alone",
        "The mask comes back.",
        "It is to scale the trunk.",
        "Return mask times trunk.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "mask"),
    ),
    wrong(
        "trunk_alone",
        "The trunk comes back.",
        "The mask is not used.",
        "Return mask times trunk.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "trunk"),
    ),
    wrong(
        "sigmoid_again",
        "The mask goes through a sigmoid.",
        "It is a mask already; a second sigmoid leaves values from a half to three quarters.",
        "Return mask times trunk.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "keras.ops.sigmoid(mask) * trunk"),
    ),
    wrong(
        "softmax",
        "The mask goes through a softmax.",
        "It is a mask already, and its weights do not compete.",
        "Return mask times trunk.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "keras.ops.softmax(mask, axis=-1) * trunk"),
    ),
    wrong(
        "one_minus",
        "The trunk is scaled by one minus the mask.",
        "Then a high weight closes.",
        "Return mask times trunk.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "(1 - mask) * trunk"),
    ),
    wrong(
        "mean_mask",
        "All channels of a position get the same weight.",
        "The mask has one for each channel.",
        "Multiply as they are; average nothing.",
        (
            'layers.Multiply(name=name + "_scaled")([mask, trunk])',
            "keras.ops.mean(mask, axis=-1, keepdims=True) * trunk",
        ),
    ),
    wrong(
        "divides",
        "The trunk is divided by the mask.",
        "Then a low weight raises.",
        "Return mask times trunk.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "trunk / mask"),
    ),
    wrong(
        "relu_on_product",
        "A ReLU follows.",
        "The trunk has negative values, and they pass.",
        "Return the product as it is.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "keras.ops.relu(mask * trunk)"),
    ),
    wrong(
        "twice",
        "The mask is applied twice.",
        "Once is enough.",
        "Return mask times trunk.",
        ('layers.Multiply(name=name + "_scaled")([mask, trunk])', "mask * mask * trunk"),
    ),
    wrong(
        "same_name",
        "The name of the layer does not come from `name`.",
        "The second one in a model would have the same name.",
        "Build the name from `name`.",
        (
            'layers.Multiply(name=name + "_scaled")([mask, trunk])',
            'layers.Rescaling(1.0, name="scaled")(mask * trunk)',
        ),
    ),
)
