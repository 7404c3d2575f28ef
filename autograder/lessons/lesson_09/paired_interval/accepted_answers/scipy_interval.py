def paired_interval(values, control_values):
    d = values - control_values
    low, high = stats.t.interval(0.95, len(d) - 1, loc=d.mean(), scale=stats.sem(d))
    return low, d.mean(), high
