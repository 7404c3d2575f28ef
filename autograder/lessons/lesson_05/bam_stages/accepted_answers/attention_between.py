"""Attention before every stage but the first, ahead of the block that halves."""


def bam_stages(x, widths, units, block, attention, name):
    for stage, (width, repeats) in enumerate(zip(widths, units, strict=True)):
        if stage > 0:
            x = attention(x, f"{name}_before{stage}")
        for unit in range(repeats):
            first = stage > 0 and unit == 0
            x = block(x, width, f"{name}_{stage}_{unit}", strides=2 if first else 1)
    return x
