"""A chain of a hundred exceptions, each with a long traceback."""
# expect: error|time


def preprocess(images):
    error = None
    for number in range(100):
        try:
            raise ValueError(str(number)) from error
        except ValueError as caught:
            error = caught
    raise error


try:
    preprocess(None)
except ValueError as error:
    raise RuntimeError("more") from error
