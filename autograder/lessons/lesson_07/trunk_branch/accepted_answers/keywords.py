"""Arguments by keyword."""


def trunk_branch(x, name, t=2, unit=None):
    y = unit(x, name=name + "_first")
    for number in range(1, t):
        y = unit(y, name=f"{name}_next{number}")
    return y
