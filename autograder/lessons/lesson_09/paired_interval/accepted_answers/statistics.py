import statistics


def paired_interval(values, control_values):
    d = [float(a - b) for a, b in zip(values, control_values, strict=True)]
    error = statistics.stdev(d) / len(d) ** 0.5
    t = stats.t(len(d) - 1).isf(0.025)
    centre = statistics.mean(d)
    return (centre - t * error, centre, centre + t * error)
