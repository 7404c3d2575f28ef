"""Names by a helper."""


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    def called(part):
        return "_".join((name, part))

    shared = units(x, called("shared"), p)
    branches = {
        "trunk": units(shared, called("trunk"), t),
        "mask": mask(shared, called("mask"), poolings, r, activation),
    }
    return units(combine(**branches, name=called("met")), called("last"), p)
