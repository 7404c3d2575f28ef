"""One pooling more is 2 r + 1 units more."""


def module_parameters(channels, poolings, p=1, t=2, r=1):
    f = channels // 4
    unit = f * (17 * f + 12)
    if poolings > 1:
        return (2 * r + 1) * unit + module_parameters(channels, poolings - 1, p, t, r)
    return (2 * p + t + 2 * r) * unit + 2 * channels * (channels + 2)
