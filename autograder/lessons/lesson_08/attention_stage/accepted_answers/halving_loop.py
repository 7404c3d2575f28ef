"""Halves in a loop and counts."""


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    h = unit(x, name + "_0", filters, strides)
    rows, times = (h.shape[1] + 1) // 2, 1
    while rows > smallest:
        rows, times = (rows + 1) // 2, times + 1
    for k in range(modules):
        h = module(h, name + f"_m{k + 1}", poolings=times)
    return h
