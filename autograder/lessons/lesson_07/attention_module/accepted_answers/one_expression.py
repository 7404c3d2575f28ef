"""Nearly one expression."""


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    first = units(x, f"{name}_1", p)
    met = combine(
        units(first, f"{name}_2", t), mask(first, f"{name}_3", poolings, r, activation), f"{name}_4"
    )
    return units(met, f"{name}_5", p)
