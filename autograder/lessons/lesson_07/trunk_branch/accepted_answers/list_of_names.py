"""The names first, then the units."""


def trunk_branch(x, name, t=2, unit=None):
    names = [f"{name}_{letter}" for letter in "abcdefgh"[:t]]
    for each in names:
        x = unit(x, each)
    return x
