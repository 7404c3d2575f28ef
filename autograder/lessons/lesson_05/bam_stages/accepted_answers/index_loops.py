"""Loops over numbers."""


def bam_stages(x, widths, units, block, attention, name):
    for s in range(len(widths)):
        for u in range(units[s]):
            x = block(x, widths[s], f"{name}_s{s}_u{u}", strides=2 if s and not u else 1)
        if s != len(widths) - 1:
            x = attention(x, f"{name}_s{s}_attention")
    return x
