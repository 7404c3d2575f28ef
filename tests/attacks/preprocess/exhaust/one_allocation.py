"""Eight gigabytes at once."""
# expect: memory


def preprocess(images):
    return np.ones(10**12)
