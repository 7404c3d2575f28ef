"""Goes through the mask step by step."""


def module_parameters(channels, poolings, p=1, t=2, r=1):
    def step(into, out, side):
        return 2 * into + side * side * into * out

    f = channels // 4
    unit = step(channels, f, 1) + step(f, f, 3) + step(f, channels, 1)
    total = (p + t + p) * unit
    for size in range(1, poolings + 1):
        total += r * unit  # down
        total += r * unit  # up, or at the bottom
        if size < poolings:
            total += unit  # skip
    return total + 2 * step(channels, channels, 1)
