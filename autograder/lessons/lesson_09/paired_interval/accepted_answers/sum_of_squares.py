def paired_interval(values, control_values):
    d = values - control_values
    n = len(d)
    squares = np.sum((d - np.mean(d)) ** 2)
    half = stats.t.ppf(1 - 0.05 / 2, df=n - 1) * np.sqrt(squares / (n * (n - 1)))
    return np.mean(d) - half, np.mean(d), np.mean(d) + half
