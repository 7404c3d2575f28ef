"""What is closed is taken from twice the trunk."""


def attention_residual_learning(trunk, mask, name):
    return 2 * trunk - (1 - mask) * trunk
