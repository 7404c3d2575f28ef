"""A counter for the names, strides carried along."""

import itertools


def bam_stages(x, widths, units, block, attention, name):
    number, strides, last = itertools.count(), 1, len(widths)
    for stage, width in enumerate(widths, 1):
        for _ in range(units[stage - 1]):
            x = block(x, width, f"{name}_{next(number)}", strides=strides)
            strides = 1
        if stage < last:
            x = attention(x, f"{name}_{next(number)}")
            strides = 2
    return x
