"""functools.reduce over the stages."""

import functools


def bam_stages(x, widths, units, block, attention, name):
    def stage(t, s):
        t = attention(t, f"{name}_{s}_bam") if s else t
        for u in range(units[s]):
            t = block(t, widths[s], f"{name}_{s}_{u}", strides=2 if s > 0 and u == 0 else 1)
        return t

    return functools.reduce(stage, range(len(widths)), x)
