"""A list of all calls first."""


def bam_stages(x, widths, units, block, attention, name):
    plan = []
    for stage, (width, repeats) in enumerate(zip(widths, units, strict=True)):
        plan += [("block", width, 1 + (stage > 0 and unit == 0)) for unit in range(repeats)]
        plan += [("attention", width, 1)]
    for number, (kind, width, strides) in enumerate(plan[:-1]):
        called = f"{name}_{kind}{number}"
        x = attention(x, called) if kind == "attention" else block(x, width, called, strides)
    return x
