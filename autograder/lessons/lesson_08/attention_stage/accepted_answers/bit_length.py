"""Whole numbers only."""


def attention_stage(x, filters, strides, modules, unit, module, name, smallest=7):
    x = unit(x, name + "_unit", filters, strides)
    times = -(-x.shape[1] // smallest)  # how many maps of the smallest size lie one above the other
    poolings = max(1, (times - 1).bit_length())
    number = 0
    while number < modules:
        x = module(x, name + "_module" + str(number), poolings=poolings)
        number += 1
    return x
