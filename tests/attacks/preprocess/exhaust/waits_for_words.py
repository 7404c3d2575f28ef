"""Nobody answers an input()."""
# expect: error


def preprocess(images):
    return input("points? ")
