"""Arguments by keyword."""


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    before = units(x, name=name + "_before", t=p)
    weights = mask(before, name=name + "_mask", activation=activation, r=r, poolings=poolings)
    features = units(before, name=name + "_trunk", t=t)
    met = combine(trunk=features, mask=weights, name=name + "_met")
    return units(met, name=name + "_after", t=p)
