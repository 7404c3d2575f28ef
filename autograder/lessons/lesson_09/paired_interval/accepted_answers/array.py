def paired_interval(values, control_values):
    d = np.array(values) - np.array(control_values)
    step = stats.t.ppf(0.975, d.size - 1) * stats.sem(d)
    return d.mean() + step * np.array([-1, 0, 1])
