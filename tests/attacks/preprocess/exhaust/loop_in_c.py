"""One C call that takes for ever."""
# expect: time|memory


def preprocess(images):
    return len(str(7**7**9))
