"""An exception whose message is fifty megabytes long."""
# expect: error


def preprocess(images):
    raise ValueError("x" * 50_000_000)


raise ValueError("y" * 50_000_000)
