"""A star."""


def naive_attention(trunk, mask, name):
    return mask * trunk
