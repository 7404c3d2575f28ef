"""Step by step."""


def naive_attention(trunk, mask, name):
    weights = mask
    features = trunk
    features = features * weights
    return features
