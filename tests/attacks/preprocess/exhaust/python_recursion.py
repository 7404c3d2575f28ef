"""A function that calls itself for ever."""
# expect: error


def preprocess(images):
    return preprocess(images)
