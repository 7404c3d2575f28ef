"""In f alone."""


def module_parameters(channels, poolings, p=1, t=2, r=1):
    f = channels // 4
    n = 2 * p + t + 2 * r * (poolings - 1) + 2 * r + (poolings - 1)
    return n * (17 * f**2 + 12 * f) + 32 * f**2 + 16 * f
