"""A dict with a hundred thousand parts."""


def preprocess(images):
    return {f"part{number}": 1.0 for number in range(100_000)}
