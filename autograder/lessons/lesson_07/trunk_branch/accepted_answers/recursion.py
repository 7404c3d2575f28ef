"""A trunk is a unit behind a shorter trunk."""


def trunk_branch(x, name, t=2, unit=None):
    if t == 0:
        return x
    return unit(trunk_branch(x, name, t - 1, unit), f"{name}_{t}")
