"""Units one by one."""


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    def row(y, part, count):
        for number in range(count):
            y = units(y, f"{name}_{part}{number}", 1)
        return y

    x = row(x, "before", p)
    trunk = row(x, "trunk", t)
    met = combine(trunk, mask(x, name + "_mask", poolings, r, activation), name + "_met")
    return row(met, "after", p)
