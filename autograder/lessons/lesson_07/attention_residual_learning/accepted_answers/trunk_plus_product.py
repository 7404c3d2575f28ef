"""The trunk, and the product beside it."""


def attention_residual_learning(trunk, mask, name):
    return trunk + mask * trunk
