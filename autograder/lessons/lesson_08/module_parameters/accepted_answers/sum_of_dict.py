"""Parts by name."""


def module_parameters(channels, poolings, p=1, t=2, r=1):
    narrow = channels // 4
    units = {"before": p, "trunk": t, "after": p, "down": poolings * r, "up": poolings * r}
    units["skips"] = poolings - 1
    kernels = narrow * (2 * channels + 9 * narrow)
    norms = 2 * (channels + 2 * narrow)
    ending = 2 * channels * channels + 4 * channels
    return sum(units.values()) * (kernels + norms) + ending
