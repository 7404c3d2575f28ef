def paired_interval(values, control_values):
    d = values - control_values
    n = d.size
    mean = np.average(d)
    half = stats.t.ppf(0.975, n - 1) * np.linalg.norm(d - mean) / np.sqrt(n * (n - 1))
    return np.array([mean - half, mean, mean + half])
