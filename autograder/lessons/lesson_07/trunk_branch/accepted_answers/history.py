"""All steps are kept in a list."""


def trunk_branch(x, name, t=2, unit=None):
    maps = [x]
    for step in range(t):
        maps.append(unit(maps[-1], name + "_step" + str(step)))
    return maps[t]
