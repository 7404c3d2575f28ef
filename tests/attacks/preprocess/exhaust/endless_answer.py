"""An answer that goes on for ever when somebody reads it."""
# expect: time|memory|error

import itertools


class Long:
    def __len__(self):
        return 2**40

    def __getitem__(self, place):
        return 1.0

    def __iter__(self):
        return itertools.repeat(1.0)


def preprocess(images):
    return list(Long())
