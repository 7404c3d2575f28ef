def paired_interval(values, control_values):
    d = np.subtract(values, control_values)
    ends = stats.ttest_1samp(d, 0).confidence_interval()
    return [ends.low, d.mean(), ends.high]
