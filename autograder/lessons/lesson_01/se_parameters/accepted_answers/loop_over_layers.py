"""Layer by layer."""

from itertools import pairwise


def se_parameters(channels, reduction):
    widths = [channels, channels // reduction, channels]
    return sum(m * n + n for m, n in pairwise(widths))
