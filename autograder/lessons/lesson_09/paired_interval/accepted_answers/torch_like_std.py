def paired_interval(values, control_values):
    d = keras.ops.subtract(np.float64(values), np.float64(control_values))
    d = np.asarray(d, dtype="float64")
    n = len(d)
    s = np.std(d) * np.sqrt(n / (n - 1))
    half = s / np.sqrt(n) * -stats.t.ppf(0.025, n - 1)
    return d.mean() - half, d.mean(), d.mean() + half
