"""Numbered from the end."""


def trunk_branch(x, name, t=2, unit=None):
    for left in range(t, 0, -1):
        x = unit(x, f"{name}_{left}_left")
    return x
