"""Text that Python passes on but no file can hold."""

print("\ud800")


def preprocess(images):
    raise ValueError("\ud800")
