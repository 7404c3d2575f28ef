"""The equation as it stands."""


def attention_residual_learning(trunk, mask, name):
    return (1 + mask) * trunk
