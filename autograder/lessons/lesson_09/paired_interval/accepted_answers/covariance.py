def paired_interval(values, control_values):
    n = len(values)
    covariance = np.cov(values, control_values)
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    mean = np.mean(values) - np.mean(control_values)
    half = stats.t.ppf(0.975, n - 1) * np.sqrt(variance / n)
    return mean - half, mean, mean + half
