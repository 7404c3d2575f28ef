"""While loops."""


def bam_stages(x, widths, units, block, attention, name):
    stage = 0
    while stage < len(widths):
        unit = 0
        while unit < units[stage]:
            x = block(x, widths[stage], name + f"_{stage}_{unit}", strides=2 if stage * (unit == 0) else 1)
            unit += 1
        stage += 1
        if stage == len(widths):
            return x
        x = attention(x, name + f"_attention_{stage}")
