"""A list of the places that have units."""


def module_parameters(channels, poolings, p=1, t=2, r=1):
    c, f = channels, channels // 4
    unit = (2 * c + c * f) + (2 * f + 9 * f * f) + (2 * f + f * c)
    before_and_after, trunk = 2 * p, t
    down, bottom, up, skips = r * poolings, r, r * (poolings - 1), poolings - 1
    return (before_and_after + trunk + down + bottom + up + skips) * unit + 2 * (2 * c + c * c)
