def paired_interval(values, control_values):
    d = [float(a) - float(b) for a, b in zip(values, control_values, strict=True)]
    n = len(d)
    mean = sum(d) / n
    s = (sum((each - mean) ** 2 for each in d) / (n - 1)) ** 0.5
    t = float(stats.t.ppf(0.975, n - 1))
    return mean - t * s / n**0.5, mean, mean + t * s / n**0.5
