"""Rounded from a float, which is exact here."""


def module_parameters(channels, poolings, p=1, t=2, r=1):
    f = channels / 4
    units = 2 * p + t + 2 * r * poolings + poolings - 1
    return round(units * (17 * f**2 + 12 * f) + 2 * (channels**2 + 2 * channels))
