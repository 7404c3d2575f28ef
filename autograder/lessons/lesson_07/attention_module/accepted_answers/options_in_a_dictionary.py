"""The mask's options in a dictionary."""


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    options = {"poolings": poolings, "r": r, "activation": activation}
    ready = units(x, f"{name}.before", p)
    trunk = units(ready, f"{name}.trunk", t)
    soft_mask = mask(ready, f"{name}.mask", **options)
    return units(combine(trunk, soft_mask, f"{name}.met"), f"{name}.after", p)
