"""The loop that never ends, in the answer."""
# expect: time


def preprocess(images):
    while True:
        pass
