"""The mask before the trunk."""


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    x = units(x, name + "_a", p)
    soft = mask(x, name + "_b", poolings, r, activation)
    hard = units(x, name + "_c", t)
    return units(combine(hard, soft, name + "_d"), name + "_e", p)
