def paired_interval(values, control_values):
    d = values - control_values
    mean, error = d.mean(), d.std(ddof=1) / len(d) ** 0.5
    low, high = mean + error * stats.t.ppf([0.025, 0.975], len(d) - 1)
    return float(low), float(mean), float(high)
