"""The last stage on top of the others."""


def bam_stages(x, widths, units, block, attention, name):
    *before, width = widths
    if before:
        x = bam_stages(x, before, units[: len(before)], block, attention, name)
        x = attention(x, f"{name}_bam{len(before)}")
    for unit in range(units[len(before)]):
        halves = bool(before) and unit == 0
        x = block(x, width, f"{name}_{len(before)}_{unit}", strides=2 if halves else 1)
    return x
