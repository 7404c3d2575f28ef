"""Misconceptions in `attention_residual_learning`: the trunk scaled by one plus the mask."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_one",
        "The 1 is missing.",
        "An empty mask then wipes the trunk out.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "mask * trunk"),
    ),
    wrong(
        "adds",
        "The mask is added to the trunk.",
        "A mask scales: where the trunk is 0, it stays 0.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "mask + trunk"),
    ),
    wrong(
        "no_brackets",
        "The product comes first, then the 1.",
        "`1 + mask * trunk` adds 1 to every value. With an empty mask the trunk should come out.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "1 + mask * trunk"),
    ),
    wrong(
        "one_plus_trunk",
        "The 1 is added to the trunk.",
        "It belongs to the mask: an empty mask leaves the trunk as it is.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "(1 + trunk) * mask"),
    ),
    wrong(
        "one_minus",
        "The mask is subtracted.",
        "Then a high weight closes.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "(1 - mask) * trunk"),
    ),
    wrong(
        "sigmoid_again",
        "The mask goes through a sigmoid.",
        "It is a mask already.",
        "Return `(1 + mask) * trunk`.",
        (
            'layers.Multiply(name=name + "_raised")([1 + mask, trunk])',
            "(1 + keras.ops.sigmoid(mask)) * trunk",
        ),
    ),
    wrong(
        "mean_mask",
        "All channels of a position get the same weight.",
        "The mask has one for each channel.",
        "Use the mask as it is; average nothing.",
        (
            'layers.Multiply(name=name + "_raised")([1 + mask, trunk])',
            "(1 + keras.ops.mean(mask, axis=-1, keepdims=True)) * trunk",
        ),
    ),
    wrong(
        "relu_on_mask",
        "Negative weights are cut off.",
        "The channel form of the mask has negative ones, and they count.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "(1 + keras.ops.relu(mask)) * trunk"),
    ),
    wrong(
        "relu_after",
        "A ReLU follows.",
        "The trunk has negative values, and they pass.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "keras.ops.relu((1 + mask) * trunk)"),
    ),
    wrong(
        "halved",
        "The result is halved.",
        "With an empty mask the trunk should come out whole.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "(1 + mask) * trunk / 2"),
    ),
    wrong(
        "doubled",
        "The product is doubled.",
        "The 1 is added to the mask.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "2 * mask * trunk"),
    ),
    wrong(
        "trunk_twice",
        "The trunk is added twice.",
        "Once is enough: `(1 + mask) * trunk` is the trunk and mask times trunk.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "trunk + (1 + mask) * trunk"),
    ),
    wrong(
        "trunk_alone",
        "The trunk comes back.",
        "The mask is not used.",
        "Return `(1 + mask) * trunk`.",
        ('layers.Multiply(name=name + "_raised")([1 + mask, trunk])', "trunk"),
    ),
    wrong(
        "same_name",
        "The name of the layer does not come from `name`.",
        "The second one in a model would have the same name.",
        "Build the name from `name`.",
        (
            'layers.Multiply(name=name + "_raised")([1 + mask, trunk])',
            'layers.Rescaling(1.0, name="raised")((1 + mask) * trunk)',
        ),
    ),
)
