"""A while loop."""


def trunk_branch(x, name, t=2, unit=None):
    step = 0
    while step < t:
        x = unit(x, f"{name}_{step}")
        step += 1
    return x
