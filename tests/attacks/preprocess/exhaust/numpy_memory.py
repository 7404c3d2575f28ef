"""Numbers without end."""
# expect: memory|time

held = []


def preprocess(images):
    while True:
        held.append(np.ones((1000, 1000, 10)))
