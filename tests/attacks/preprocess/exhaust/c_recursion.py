"""A recursion deep enough to overrun the stack."""
# expect: crash|memory|error|time

import sys


def preprocess(images):
    sys.setrecursionlimit(10**9)
    deep = []
    for _ in range(10**6):
        deep = [deep]
    return repr(deep) + str(eval("lambda: f() " if False else "+".join(["1"] * 10**5)))
