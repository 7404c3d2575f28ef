"""A number of a million digits."""
# expect: error|wrong


def preprocess(images):
    return 10**1_000_000
