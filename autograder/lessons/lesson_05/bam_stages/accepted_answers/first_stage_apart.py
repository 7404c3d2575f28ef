"""The first stage apart from the others."""


def bam_stages(x, widths, units, block, attention, name):
    for unit in range(units[0]):
        x = block(x, widths[0], f"{name}_stage0_{unit}")
    for stage in range(1, len(widths)):
        x = attention(x, f"{name}_bottleneck{stage}")
        x = block(x, widths[stage], f"{name}_stage{stage}_0", strides=2)
        for unit in range(1, units[stage]):
            x = block(x, widths[stage], f"{name}_stage{stage}_{unit}", strides=1)
    return x
