def paired_interval(values, control_values):
    d = np.asarray(values, float) - np.asarray(control_values, float)
    n = d.shape[0]
    known = stats.t(df=n - 1, loc=d.mean(), scale=np.sqrt(d.var(ddof=1) / n))
    return known.ppf(0.025), known.median(), known.ppf(0.975)
