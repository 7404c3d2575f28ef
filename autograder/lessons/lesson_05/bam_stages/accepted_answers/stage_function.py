"""A function for one stage; names by keyword."""


def bam_stages(x, widths, units, block, attention, name):
    def one_stage(x, number):
        for unit in range(units[number]):
            options = {"strides": 2} if unit == 0 and number > 0 else {}
            x = block(x, widths[number], name=f"{name}_{number}{chr(97 + unit)}", **options)
        return x

    x = one_stage(x, 0)
    for number in range(1, len(widths)):
        x = one_stage(attention(x, name=f"{name}_{number}_bam"), number)
    return x
